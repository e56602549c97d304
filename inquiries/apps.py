from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InquiriesConfig(AppConfig):
    name = "inquiries"
    verbose_name = _("Inquiries")

    def ready(self):
        from accounts import handover as work  # noqa: PLC0415
        from clients import handover  # noqa: PLC0415
        from common import words_table  # noqa: PLC0415
        from inquiries.queries import count_open_inquiries  # noqa: PLC0415
        from inquiries.words import WORDS  # noqa: PLC0415

        handover.follow("inquiries.Inquiry", "client")
        handover.follow("inquiries.Dialling", "client")
        words_table.register(WORDS)
        handover.follow("inquiries.SatisfactionOptOut", "client")
        work.register("inquiries.open", _("Open inquiries"), count_open_inquiries)
