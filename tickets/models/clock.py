from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.choices import CLOCKS
from tickets.clocks import Measure

MEASURES = {
    Measure.TELL_RESPONSIBLE: _("the responsible person is told"),
    Measure.TELL_COORDINATOR: _("the senior specialist is told"),
    Measure.RAISE_URGENCY: _("the ticket becomes more urgent"),
}


class EscalationStep(models.Model):
    """What is done when a clock has used a share of its target: for one group, or for all."""

    group = models.ForeignKey(
        "tickets.TicketGroup",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name=_("group"),
    )
    clock = models.CharField(
        _("clock"), max_length=10, choices=[(str(one), label) for one, label in CLOCKS.items()]
    )
    percent = models.PositiveSmallIntegerField(_("percent of the target"))
    what = models.CharField(
        _("then"), max_length=20, choices=[(one.value, label) for one, label in MEASURES.items()]
    )

    class Meta:
        verbose_name = _("escalation step")
        verbose_name_plural = _("escalation steps")
        constraints = [
            models.CheckConstraint(condition=Q(percent__gt=0), name="tickets_step_after_some"),
            models.UniqueConstraint(
                fields=["group", "clock", "percent", "what"], name="tickets_step_once"
            ),
        ]

    def __str__(self):
        return f"{self.clock} {self.percent} % {self.what}"


class StepDone(models.Model):
    """A step of one period of a ticket's clock that was taken: each once."""

    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, related_name="steps_done"
    )
    clock = models.CharField(max_length=10)
    period = models.PositiveSmallIntegerField()
    percent = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "clock", "period", "percent", "what"],
                name="tickets_step_done_once",
            )
        ]

    def __str__(self):
        return f"{self.ticket_id} {self.clock} {self.period} {self.percent}"


class KeptReading(models.Model):
    """What a clock showed when a period of it ended: a fact that no later calendar rewrites."""

    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, related_name="readings", db_index=False
    )
    clock = models.CharField(max_length=10)
    period = models.PositiveSmallIntegerField()
    ended_at = models.DateTimeField()
    state = models.CharField(max_length=10)
    used_seconds = models.PositiveIntegerField()
    target_seconds = models.PositiveIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    began_at = models.DateTimeField()
    is_paused = models.BooleanField(default=False)
    group = models.CharField(max_length=20)
    calendar = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "clock", "period", "ended_at"], name="tickets_reading_once"
            )
        ]

    def __str__(self):
        return f"{self.ticket_id} {self.clock} {self.period}"
