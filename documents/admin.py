from django.contrib import admin, messages
from django.utils import timezone

from common.refusals import Refusal
from documents import actions
from documents.models import AgencyDelegation, TemplateVersion

# Cases and papers are not here: an administrator keeps reference data and sees no client's data.


@admin.register(AgencyDelegation)
class AgencyDelegationAdmin(admin.ModelAdmin):
    list_display = ("holder", "job_title", "basis", "valid_from", "valid_to")
    list_filter = ("holder",)


@admin.register(TemplateVersion)
class TemplateVersionAdmin(admin.ModelAdmin):
    """Wordings of papers: written here, approved by a second person, never changed afterwards."""

    list_display = ("template", "number", "state", "note", "written_by", "approved_by")
    fields = ("template", "body", "note")
    actions = ("approve",)

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        written = actions.write_template(
            kind=obj.template.kind,
            body=obj.body,
            note=obj.note,
            by=request.user,
            at=timezone.now(),
        )
        obj.pk, obj.number = written.pk, written.number

    @admin.action(description="Approve")
    def approve(self, request, queryset):
        for version in queryset:
            try:
                actions.approve_template(version=version, by=request.user, at=timezone.now())
            except Refusal as refusal:
                self.message_user(request, str(refusal), messages.ERROR)
