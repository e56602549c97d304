from django.contrib import admin

from inquiries.models import (
    CallRecordProfile,
    IdentificationRule,
    LegalTerm,
    LetterTemplate,
    UnansweredGround,
)
from inquiries.queries import read_rules_anew


@admin.register(LegalTerm)
class LegalTermAdmin(admin.ModelAdmin):
    """Dated terms: a change of law is a new row, so that older matters keep their own term."""

    list_display = ["kind", "days", "counted_in", "valid_from", "basis", "extension"]
    list_filter = ["kind"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(IdentificationRule)
class IdentificationRuleAdmin(admin.ModelAdmin):
    """How well a caller must be known before something is spoken of: one row for each kind."""

    list_display = ["spoken_of", "least"]
    readonly_fields = ["spoken_of"]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        read_rules_anew()

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(CallRecordProfile)
class CallRecordProfileAdmin(admin.ModelAdmin):
    """How files of call records are read; what the administrator of an exchange changed is put here."""

    list_display = ["code", "name"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(UnansweredGround)
class UnansweredGroundAdmin(admin.ModelAdmin):
    """Grounds as the law names them; one that is not used any more is switched off, not deleted."""

    list_display = ["name_et", "basis", "position", "is_active"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(LetterTemplate)
class LetterTemplateAdmin(admin.ModelAdmin):
    """Wordings of answers and of the letters that the system writes by itself."""

    list_display = ["name_et", "kind", "topic", "is_active"]
    list_filter = ["kind", "is_active"]
