from django.contrib import admin
from django.db import models
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from knowledge import actions
from knowledge.models import (
    Article,
    ArticleVersion,
    Phrase,
    ReferralBody,
    ScriptVersion,
    Topic,
    TopicTerm,
)


class TopicTermInline(admin.TabularInline):
    model = TopicTerm
    extra = 1


@admin.register(Topic)
class TopicAdmin(SimpleHistoryAdmin):
    """Topics are retired (not active), never deleted: inquiries point at them."""

    list_display = ("code", "name_et", "owner_unit", "tier1_can_close", "is_active")
    list_filter = ("level", "tier2_group", "is_active")
    search_fields = ("code", "name_et", "name_en", "name_ru")
    filter_horizontal = ("referral_bodies",)
    inlines = (TopicTermInline,)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        actions.renew_topic_index()


@admin.register(ReferralBody)
class ReferralBodyAdmin(SimpleHistoryAdmin):
    list_display = ("name_et", "phone", "url")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    search_fields = ("name_et", "name_en", "name_ru")


@admin.register(Phrase)
class PhraseAdmin(SimpleHistoryAdmin):
    list_display = ("shortcut", "topic", "text_et")
    search_fields = ("shortcut", "text_et", "text_en", "text_ru")


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ("code", "__str__")
    search_fields = ("code", "versions__title")
    filter_horizontal = ("topics",)

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ArticleVersion)
class ArticleVersionAdmin(admin.ModelAdmin):
    """A version is written once: it can be added and read, not changed or deleted."""

    list_display = ("article", "language", "number", "title", "valid_from", "approved_by")
    list_filter = ("language",)
    search_fields = ("title", "article__code")
    fields = ("article", "language", "title", "body", "law_reference", "valid_from")

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        version = actions.publish_article_version(
            **{name: form.cleaned_data[name] for name in self.fields},
            by=request.user,
            at=timezone.now(),
        )
        obj.pk, obj.number, obj.created_at = version.pk, version.number, version.created_at


@admin.register(ScriptVersion)
class ScriptVersionAdmin(admin.ModelAdmin):
    """For looking: scripts are written on the page of their topic."""

    list_display = ("topic", "number", "valid_from", "approved_by")
    search_fields = ("topic__code", "topic__name_et")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
