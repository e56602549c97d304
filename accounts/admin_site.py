from django.contrib.admin import AdminSite
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class StaffAdminSite(AdminSite):
    """Reference data. No second door: login, password and logout are those of the whole system."""

    site_header = site_title = _("Servicedesk: reference data")
    index_title = _("Reference data")
    site_url = "/"

    def has_permission(self, request):
        return request.user.is_active and request.user.has_perm("accounts.manage_staff")

    def login(self, request, extra_context=None):
        if request.user.is_authenticated:
            return redirect("/")
        return redirect("account_login")

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")
