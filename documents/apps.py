from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Access cases")

    def ready(self):
        from accounts import handover as work  # noqa: PLC0415
        from clients import handover  # noqa: PLC0415
        from common import mail_claims  # noqa: PLC0415
        from documents.actions.claim_mail import claim_mail  # noqa: PLC0415
        from documents.queries import count_open_cases  # noqa: PLC0415

        handover.follow("documents.AccessCase", "client")
        handover.follow("documents.Access", "client")
        work.register("documents.open", _("Open access cases"), count_open_cases)
        mail_claims.register("documents.returns", claim_mail)
