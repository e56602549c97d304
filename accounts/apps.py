from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Staff")


class StaffAdminConfig(AdminConfig):
    """Django's admin, for administrators by role and signed in the same way as everybody."""

    default_site = "accounts.admin_site.StaffAdminSite"
