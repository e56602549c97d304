from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin, for administrators by role and signed in the same way as everybody."""

    default_site = "accounts.admin_site.StaffAdminSite"
