from django import forms
from django.contrib import admin
from django.utils import timezone

from documents import actions
from documents.kinds import KINDS
from documents.models import AgencyDelegation, TemplateVersion
from documents.template_language import TemplateRefused, check_template

# Cases and papers are not here: an administrator keeps reference data and sees no client's data.


@admin.register(AgencyDelegation)
class AgencyDelegationAdmin(admin.ModelAdmin):
    list_display = ("holder", "job_title", "basis", "valid_from", "valid_to")
    list_filter = ("holder",)


class TemplateVersionForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean() or {}
        template, body = cleaned.get("template"), cleaned.get("body")
        if template and body:
            try:
                check_template(body, KINDS[template.kind].variables)
            except TemplateRefused as refused:
                self.add_error("body", str(refused))
        return cleaned


@admin.register(TemplateVersion)
class TemplateVersionAdmin(admin.ModelAdmin):
    """Wordings of papers: written here, approved on their own page, never changed afterwards."""

    list_display = ("template", "number", "state", "note", "written_by", "approved_by")
    list_filter = ("state", "template")
    form = TemplateVersionForm
    fields = ("template", "body", "note")

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
