"""What tier II is made of, and by when it has to answer: reference data. Tickets themselves are not here."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from accounts.models import User
from accounts.roles import PERMISSIONS_OF
from common.clock import clock_of
from common.hurry import hurry
from common.working_time import OpeningHoursNotUnderstood
from tickets import tasks
from tickets.choices import CLOCKS, Urgency
from tickets.models import (
    ClockTarget,
    EscalationStep,
    FactNeed,
    TicketFact,
    TicketGroup,
)

SOLVER_ROLES = [role for role, held in PERMISSIONS_OF.items() if "tickets.work_on_ticket" in held]


class KeptByAdministrator(admin.ModelAdmin):
    """Whoever may keep the groups keeps all that belongs to them; open tickets are reckoned anew."""

    def has_module_permission(self, request):
        return request.user.has_perm("tickets.keep_groups")

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("tickets.keep_groups")

    has_add_permission = has_module_permission
    has_change_permission = has_delete_permission = has_view_permission


class RecountsDue(KeptByAdministrator):
    """Its changes move what is due: a worker is told, and the sweep of the night does it anyway."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        hurry(tasks.recount_due)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        hurry(tasks.recount_due)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        hurry(tasks.recount_due)


class OfGroup(admin.TabularInline):
    extra = 0

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("tickets.keep_groups")

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class FactNeedInline(OfGroup):
    model = FactNeed


class TargetForm(forms.ModelForm):
    urgency = forms.ChoiceField(
        label=_("Urgency"), required=False, choices=[("", _("any")), *Urgency.choices]
    )
    clock = forms.ChoiceField(
        label=_("Clock"), choices=[(str(code), label) for code, label in CLOCKS.items()]
    )


class ClockTargetInline(OfGroup):
    model = ClockTarget
    form = TargetForm


class EscalationStepInline(OfGroup):
    model = EscalationStep


class GroupForm(forms.ModelForm):
    class Meta:
        help_texts = {
            "hours": _(
                "As in “mon-thu 08:00-12:00, 12:30-17:00”; empty: as the service itself is open."
            ),
        }

    def clean_hours(self):
        """Hours that nobody could read would stop every clock of the group."""
        hours = self.cleaned_data["hours"].strip()
        try:
            if hours:
                clock_of(hours)
        except OpeningHoursNotUnderstood as refusal:
            words = _("Write the hours as in “mon-thu 08:00-12:00, 12:30-17:00; fri 08:00-15:45”.")
            raise ValidationError(words, code="hours") from refusal
        return hours


@admin.register(TicketGroup)
class TicketGroupAdmin(RecountsDue, SimpleHistoryAdmin):
    """A group is retired (not in use), never deleted: tickets point at it."""

    form = GroupForm
    list_display = ("code", "name_et", "works_in", "silent_days", "is_active")
    list_filter = ("works_in", "is_active")
    search_fields = ("code", "name_et", "name_en", "name_ru")
    filter_horizontal = ("members",)
    inlines = (FactNeedInline, ClockTargetInline, EscalationStepInline)

    def get_readonly_fields(self, request, obj=None):
        """Stories and clocks of tickets know the group by its code."""
        return ("code",) if obj else ()

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "members":
            solvers = User.objects.filter(role_assignments__role__in=SOLVER_ROLES).distinct()
            kwargs["queryset"] = solvers.order_by("last_name", "first_name", "pk")
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(TicketFact)
class TicketFactAdmin(KeptByAdministrator):
    list_display = ("code", "name_et", "kind", "position")
    search_fields = ("code", "name_et", "name_en", "name_ru")

    def get_readonly_fields(self, request, obj=None):
        """Tickets keep what was said of it under its code."""
        return ("code",) if obj else ()


@admin.register(FactNeed)
class FactNeedAdmin(KeptByAdministrator):
    list_display = ("group", "topic", "fact", "is_required")
    list_filter = ("group", "is_required")
    list_select_related = ("group", "topic", "fact")


@admin.register(ClockTarget)
class ClockTargetAdmin(RecountsDue):
    form = TargetForm
    list_display = ("group", "urgency", "clock", "hours")
    list_filter = ("group", "clock")
    list_select_related = ("group",)


@admin.register(EscalationStep)
class EscalationStepAdmin(RecountsDue):
    list_display = ("group", "clock", "percent", "what")
    list_filter = ("clock",)
    list_select_related = ("group",)
