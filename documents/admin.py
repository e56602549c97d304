from django.contrib import admin

from documents.models import AgencyDelegation, TemplateVersion

# Cases and papers are not here: an administrator keeps reference data and sees no client's data.


@admin.register(AgencyDelegation)
class AgencyDelegationAdmin(admin.ModelAdmin):
    list_display = ("holder", "job_title", "basis", "valid_from", "valid_to")
    list_filter = ("holder",)


@admin.register(TemplateVersion)
class TemplateVersionAdmin(admin.ModelAdmin):
    """Wordings of papers, to look at: they are written and approved on pages of their own."""

    list_display = ("template", "number", "state", "note", "written_by", "approved_by")
    list_filter = ("state", "template")
    fields = ("template", "body", "note")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
