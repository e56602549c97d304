from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from knowledge.languages import text_in
from tickets.choices import FactKind, WorksIn


class TicketGroup(models.Model):
    """A part of tier II that takes tickets: permit administrators, field specialists, IT support."""

    code = models.SlugField(_("code"), max_length=20, unique=True)
    name_et = models.CharField(_("name in Estonian"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_ru = models.CharField(_("name in Russian"), max_length=100)
    works_in = models.CharField(_("works in"), max_length=4, choices=WorksIn, default=WorksIn.HERE)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    # In the words of `common.working_time.OpeningHours`; empty: as the service itself is open.
    hours = models.CharField(_("working hours"), max_length=200, blank=True)
    silent_days = models.PositiveSmallIntegerField(
        _("working days of silence until it is told"), default=3
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="ticket_groups",
        verbose_name=_("members"),
    )

    history = HistoricalRecords(m2m_fields=[members])

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")

    def __str__(self):
        return self.name

    @property
    def name(self):
        return text_in(self, "name")


class TicketFact(models.Model):
    """One thing that a group has to know before it can work: the screen, the permit's number, the place."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name_et = models.CharField(_("name in Estonian"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)
    name_ru = models.CharField(_("name in Russian"), max_length=100)
    help_et = models.CharField(_("example in Estonian"), max_length=200, blank=True)
    help_en = models.CharField(_("example in English"), max_length=200, blank=True)
    help_ru = models.CharField(_("example in Russian"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=5, choices=FactKind, default=FactKind.TEXT)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=0)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("fact")
        verbose_name_plural = _("facts")

    def __str__(self):
        return self.name

    @property
    def name(self):
        return text_in(self, "name")

    @property
    def help(self):
        return text_in(self, "help")


class FactNeed(models.Model):
    """A group needs a fact: always, or only with a topic; needed, or just asked for."""

    group = models.ForeignKey(
        TicketGroup, on_delete=models.CASCADE, related_name="needs", verbose_name=_("group")
    )
    topic = models.ForeignKey(
        "knowledge.Topic",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only with the topic"),
    )
    fact = models.ForeignKey(
        TicketFact, on_delete=models.PROTECT, related_name="+", verbose_name=_("fact")
    )
    is_required = models.BooleanField(_("no ticket without it"), default=True)

    class Meta:
        verbose_name = _("needed fact")
        verbose_name_plural = _("needed facts")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "topic", "fact"], name="tickets_need_once_a_topic"
            ),
            models.UniqueConstraint(
                fields=["group", "fact"],
                condition=Q(topic__isnull=True),
                name="tickets_need_once_a_group",
            ),
        ]

    def __str__(self):
        return f"{self.group.code} {self.fact.code}"


class ClockTarget(models.Model):
    """Within how many business hours a group is to react, to give word, to solve; and we to tell."""

    group = models.ForeignKey(
        TicketGroup, on_delete=models.CASCADE, related_name="targets", verbose_name=_("group")
    )
    urgency = models.CharField(_("urgency"), max_length=8, blank=True)
    clock = models.CharField(_("clock"), max_length=10)
    hours = models.DecimalField(_("business hours"), max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = _("target of a clock")
        verbose_name_plural = _("targets of clocks")
        constraints = [
            models.UniqueConstraint(
                fields=["group", "urgency", "clock"], name="tickets_target_once_a_clock"
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="tickets_target_is_positive"),
        ]

    def __str__(self):
        return f"{self.group_id} {self.urgency} {self.clock} {self.hours}"
