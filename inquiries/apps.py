from django.apps import AppConfig

from clients import handover


class InquiriesConfig(AppConfig):
    name = "inquiries"

    def ready(self):
        handover.follow("inquiries.Inquiry", "client")
