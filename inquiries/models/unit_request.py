from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Scope
from inquiries.models.inquiry_reach import unit_and_below


class UnitRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Questions to the person's own unit and those below it, or to any."""
        scope = user.scope_of("inquiries.answer_for_unit")
        if scope is None:
            return self.none()
        return self if scope == Scope.ALL else self.filter(unit__in=unit_and_below(user))

    def open(self):
        return self.filter(answered_at__isnull=True, recalled_at__isnull=True)


class UnitRequest(models.Model):
    """A letter that a unit of the agency was asked to answer, with its own day."""

    inquiry = models.ForeignKey(
        "inquiries.Inquiry", on_delete=models.PROTECT, related_name="unit_requests"
    )
    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit")
    )
    question = models.OneToOneField(
        "inquiries.Letter", on_delete=models.PROTECT, related_name="asks_unit"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    due_on = models.DateField(_("answer by"))
    reminded_at = models.DateTimeField(null=True, blank=True)
    answer = models.OneToOneField(
        "inquiries.Letter",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers_unit",
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(_("answered by"), max_length=200, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)

    objects = UnitRequestQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["unit", "due_on"],
                condition=Q(answered_at__isnull=True, recalled_at__isnull=True),
                name="inquiries_unitrequest_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry"],
                condition=Q(answered_at__isnull=True, recalled_at__isnull=True),
                name="inquiries_unitrequest_one_open",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer__isnull=True)
                | Q(answered_at__isnull=False, answer__isnull=False, recalled_at__isnull=True),
                name="inquiries_unitrequest_answered_has_answer",
            ),
        ]

    def __str__(self):
        return f"{self.inquiry} {self.unit_id} {self.due_on}"

    @property
    def is_open(self):
        return self.answered_at is None and self.recalled_at is None

    def is_in_scope(self, user, scope):
        return scope == Scope.ALL or self.unit in unit_and_below(user)

    def is_late_on(self, day):
        return self.is_open and self.due_on < day
