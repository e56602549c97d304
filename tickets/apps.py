from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TicketsConfig(AppConfig):
    name = "tickets"
    verbose_name = _("Tickets")

    def ready(self):
        from accounts import handover as work  # noqa: PLC0415
        from clients import handover  # noqa: PLC0415
        from common import mail_claims, words_table  # noqa: PLC0415
        from tickets.actions.claim_mail import claim_reply  # noqa: PLC0415
        from tickets.actions.keep_words import DESK_WORDS, WORDS  # noqa: PLC0415
        from tickets.queries import count_open_tickets  # noqa: PLC0415

        handover.follow("tickets.Ticket", "client")
        words_table.register(WORDS)
        words_table.register(DESK_WORDS)
        mail_claims.register("tickets.replies", claim_reply)
        work.register("tickets.open", _("Open tickets"), count_open_tickets)
