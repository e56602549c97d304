from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import Competence, Responsibility, RoleAssignment, Unit, User

admin.site.unregister(Group)  # roles decide, groups do not


class RoleAssignmentInline(admin.TabularInline):
    model = RoleAssignment
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
    inlines = (RoleAssignmentInline, ResponsibilityInline)
    fieldsets = (
        (None, {"fields": ("username", "password", "is_active")}),
        (
            _("Person"),
            {"fields": ("first_name", "last_name", "email", "unit", "job_title", "phone")},
        ),
        (_("Dates"), {"fields": ("last_login", "date_joined")}),
    )

    def has_delete_permission(self, request, obj=None):
        return False  # an account is closed, never removed: what it did stays its own

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
