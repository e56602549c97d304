from django.contrib import admin

from inquiries.models import LegalTerm


@admin.register(LegalTerm)
class LegalTermAdmin(admin.ModelAdmin):
    """Dated terms: a change of law is a new row, so that older matters keep their own term."""

    list_display = ["kind", "days", "counted_in", "valid_from", "basis"]
    list_filter = ["kind"]

    def has_delete_permission(self, request, obj=None):
        return False
