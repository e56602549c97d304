from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from documents.kinds import KIND_CHOICES
from documents.states import TemplateState


class PaperTemplate(models.Model):
    """The text by which papers of one kind are drawn up; it lives in numbered versions."""

    kind = models.CharField(max_length=40, choices=KIND_CHOICES, unique=True)

    def __str__(self):
        return self.kind


class TemplateVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever writes wordings and whoever approves them sees all."""
        rights = ("documents.approve_template", "documents.change_template")
        return self if any(user.has_perm(one) for one in rights) else self.none()

    def waiting(self):
        """Written, and still to be approved by a second person: of each kind at most the newest."""
        return self.unapproved().exclude(self._overtaken())

    def overtaken(self):
        """Never approved, and never to be: somebody has written a later one of the kind."""
        return self.unapproved().filter(self._overtaken())

    def unapproved(self):
        return self.filter(state=TemplateState.DRAFT)

    @staticmethod
    def _overtaken():
        later = TemplateVersion.objects.filter(
            template=OuterRef("template"), number__gt=OuterRef("number")
        )
        return Exists(later)

    def approved(self):
        return self.filter(state=TemplateState.APPROVED)

    def of_kind(self, kind):
        return self.filter(template__kind=kind)

    def latest_of(self, kind):
        """The version by which a new paper of the kind is drawn up, or None."""
        versions = self.approved().of_kind(kind)
        return versions.select_related("template").order_by("-number").first()


class TemplateVersion(models.Model):
    """One wording of a template. Once a second person has approved it, it never changes."""

    template = models.ForeignKey(
        PaperTemplate,
        on_delete=models.PROTECT,
        related_name="versions",
        verbose_name=_("template"),
    )
    number = models.PositiveIntegerField(_("number"))
    state = models.CharField(
        _("state"), max_length=10, choices=TemplateState, default=TemplateState.DRAFT
    )
    body = models.TextField(_("text"))
    # For administrators; never in the paper.
    note = models.CharField(_("note"), max_length=500, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = TemplateVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording of a template")
        verbose_name_plural = _("wordings of templates")
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="documents_templateversion_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state=TemplateState.APPROVED, approved_at__isnull=False)
                | Q(state=TemplateState.DRAFT, approved_at__isnull=True),
                name="documents_templateversion_approved_at_goes_with_approved",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("written_by")),
                name="documents_templateversion_approved_by_second_person",
            ),
        ]

    def __str__(self):
        return f"{self.template} v{self.number}"
