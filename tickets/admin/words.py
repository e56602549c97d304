"""What groups go through with each ticket, and the wordings kept ready: reference data."""

from django import forms
from django.contrib import admin

from tickets.admin.groups import KeptByAdministrator, OfGroup
from tickets.models import CannedReply, ChecklistTemplate, ChecklistTemplateLine
from tickets.reply_forms import KnowsNames


class LineInline(OfGroup):
    model = ChecklistTemplateLine


@admin.register(ChecklistTemplate)
class ChecklistTemplateAdmin(KeptByAdministrator):
    """Checklists that stand on tickets already stay as they are."""

    list_display = ("name_et", "group", "topic", "is_automatic", "is_active")
    list_filter = ("group", "is_automatic", "is_active")
    list_select_related = ("group", "topic")
    search_fields = ("name_et", "name_en", "name_ru")
    inlines = (LineInline,)


class SharedReplyForm(KnowsNames):
    class Meta:
        model = CannedReply
        fields = ("name", "purpose", "language", "text", "group", "topic", "is_active")
        widgets = {"text": forms.Textarea(attrs={"rows": 10, "cols": 80})}


@admin.register(CannedReply)
class CannedReplyAdmin(KeptByAdministrator):
    """Those of the house; what people keep for themselves is their own."""

    form = SharedReplyForm
    list_display = ("name", "purpose", "language", "group", "topic", "is_active")
    list_filter = ("purpose", "language", "group", "is_active")
    list_select_related = ("group", "topic")
    search_fields = ("name", "text")

    def get_queryset(self, request):
        return super().get_queryset(request).filter(owner=None)

    def save_model(self, request, obj, form, change):
        """A page that is open elsewhere hears that its wording is not the latest."""
        obj.version += 1 if change else 0
        super().save_model(request, obj, form, change)
