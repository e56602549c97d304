from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Staff")

    def ready(self):
        from accounts.api import schema  # noqa: F401, PLC0415  # known to drf-spectacular by import
