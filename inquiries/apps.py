from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InquiriesConfig(AppConfig):
    name = "inquiries"

    def ready(self):
        from accounts import handover as work  # noqa: PLC0415
        from clients import handover  # noqa: PLC0415
        from inquiries.queries import count_open_inquiries  # noqa: PLC0415

        handover.follow("inquiries.Inquiry", "client")
        work.register("inquiries.open", _("Open inquiries"), count_open_inquiries)
