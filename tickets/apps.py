from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = _("Tickets")

    def ready(self):
        from accounts import handover as work  # noqa: PLC0415
        from clients import handover  # noqa: PLC0415
        from tickets.queries import count_open_tickets  # noqa: PLC0415

        handover.follow("tickets.Ticket", "client")
        work.register("tickets.open", _("Open tickets"), count_open_tickets)
