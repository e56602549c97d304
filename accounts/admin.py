from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseInlineFormSet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import LastAdministrator, keep_an_administrator, record_access
from accounts.models import Competence, Responsibility, RoleAssignment, Unit, User

admin.site.unregister(Group)  # roles decide, groups do not


def keep_one(user, *, can_sign_in, will_hold=()):
    """Say at the form that the last administrator would go."""
    try:
        keep_an_administrator(
            user=user, can_sign_in=can_sign_in, will_hold=will_hold, on=timezone.localdate()
        )
    except LastAdministrator as refusal:
        raise ValidationError(str(refusal), code=refusal.code) from refusal


class RolesFormSet(BaseInlineFormSet):
    def clean(self):
        """The person and the roles as they would be saved, in the transaction that saves them."""
        super().clean()
        if any(self.errors):
            return
        kept = [form for form in self.forms if not form.cleaned_data.get("DELETE")]
        keep_one(
            self.instance,
            can_sign_in=self.instance.is_active and self.instance.has_usable_password(),
            will_hold=[form.instance for form in kept if form.instance.role],
        )


class StaffPasswordForm(AdminPasswordChangeForm):
    def clean(self):
        """A password may be taken away, unless nobody could then let anybody in again."""
        cleaned = super().clean()
        if not self.cleaned_data["set_usable_password"]:
            try:
                keep_one(self.user, can_sign_in=False)
            except ValidationError as refused:
                self.add_error("usable_password", refused)  # the page shows errors of fields only
        return cleaned


class RoleAssignmentInline(admin.TabularInline):
    model = RoleAssignment
    formset = RolesFormSet
    extra = 0


class ResponsibilityInline(admin.TabularInline):
    model = Responsibility
    extra = 0


@admin.register(User)
class StaffAdmin(UserAdmin):
    list_display = ("username", "last_name", "first_name", "unit", "is_active")
    list_filter = ("is_active", "unit")
    search_fields = ("username", "first_name", "last_name")
    ordering = ("last_name", "first_name")
    readonly_fields = ("last_login", "date_joined")
    filter_horizontal = ()
    change_password_form = StaffPasswordForm
    inlines = (RoleAssignmentInline, ResponsibilityInline)
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (
            _("Person"),
            {
                "fields": (
                    "first_name",
                    "last_name",
                    "email",
                    "unit",
                    "job_title",
                    "phone",
                    "extension",
                )
            },
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )

    def has_delete_permission(self, request, obj=None):
        return False  # an account is closed, never removed: what it did stays its own

    def user_change_password(self, request, *args, **kwargs):
        with transaction.atomic():  # who stays an administrator is held on to until it is saved
            return super().user_change_password(request, *args, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        record_access(
            what="staff.change", by=request.user, at=timezone.now(), subject=form.instance
        )


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ("name_et", "parent")
    search_fields = ("name_et", "name_en", "name_ru")


@admin.register(Competence)
class CompetenceAdmin(admin.ModelAdmin):
    list_display = ("code", "name_et", "is_personal", "order")

    def get_readonly_fields(self, request, obj=None):
        return ("code",) if obj else ()  # code asks for it by this name
