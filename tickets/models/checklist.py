from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from knowledge.languages import text_in


class ChecklistTemplate(models.Model):
    """What a group, or a group with one topic, goes through with each of its tickets."""

    group = models.ForeignKey(
        "tickets.TicketGroup",
        on_delete=models.CASCADE,
        related_name="checklists",
        verbose_name=_("group"),
    )
    topic = models.ForeignKey(
        "knowledge.Topic",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only with the topic"),
    )
    name_et = models.CharField(_("name in Estonian"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_ru = models.CharField(_("name in Russian"), max_length=100)
    is_automatic = models.BooleanField(_("applied by itself when a ticket is raised"), default=True)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("checklist template")
        verbose_name_plural = _("checklist templates")

    def __str__(self):
        return text_in(self, "name")


class ChecklistTemplateLine(models.Model):
    """One thing to do, as a template says it."""

    template = models.ForeignKey(ChecklistTemplate, on_delete=models.CASCADE, related_name="lines")
    text_et = models.CharField(_("text in Estonian"), max_length=300)
    text_en = models.CharField(_("text in English"), max_length=300)
    text_ru = models.CharField(_("text in Russian"), max_length=300)
    is_required = models.BooleanField(_("must be done before the client is told"), default=False)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("line of a checklist")
        verbose_name_plural = _("lines of a checklist")

    def __str__(self):
        return text_in(self, "text")


class ChecklistLineQuerySet(models.QuerySet):
    def unticked(self):
        return self.filter(ticked_at=None)


class ChecklistLine(models.Model):
    """One thing to do with one ticket: words of its own, whatever becomes of the template."""

    ticket = models.ForeignKey("tickets.Ticket", on_delete=models.CASCADE, related_name="checklist")
    # From which line of a template it was taken; none: somebody wrote it here.
    template_line = models.ForeignKey(
        ChecklistTemplateLine, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text_et = models.CharField(max_length=300)  # what is written by hand stands here alone
    text_en = models.CharField(max_length=300, blank=True)
    text_ru = models.CharField(max_length=300, blank=True)
    is_required = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    ticked_at = models.DateTimeField(null=True, blank=True)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ChecklistLineQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "template_line"], name="tickets_checklist_line_once"
            ),
            models.CheckConstraint(
                condition=Q(ticked_at__isnull=True, ticked_by__isnull=True)
                | Q(ticked_at__isnull=False, ticked_by__isnull=False),
                name="tickets_ticked_by_goes_with_ticked_at",
            ),
        ]

    def __str__(self):
        return text_in(self, "text")

    @property
    def is_ticked(self):
        return self.ticked_at is not None
