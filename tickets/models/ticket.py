import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import Scope
from common.models import Versioned
from inquiries.models import Language
from tickets.choices import MayContact, Urgency
from tickets.states import ENDED, FOR_RESPONSIBLE, OPEN, WITH_TIER2, LinkState, TicketState

_ENDED = sorted(ENDED)
_OPEN = sorted(OPEN)


def group_ids_of(user):
    """The groups of somebody in tier II, read once for as long as the person stands before us.

    As plain keys, since of a question within a question no index can be chosen: with it the list of
    everything that tier II sees was read row by row.
    """
    if not hasattr(user, "ticket_group_ids"):
        user.ticket_group_ids = sorted(user.ticket_groups.values_list("pk", flat=True))
    return user.ticket_group_ids


class TicketQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever raises tickets sees them all; tier II sees its own groups', and never a draft."""
        reached = self.in_reach(user, "tickets.view_ticket")
        if user.scope_of("tickets.view_ticket") == Scope.ALL:
            return reached
        return reached.filter(raised_at__isnull=False)

    def open(self):
        return self.filter(state__in=OPEN)

    def of_responsible(self, ids):
        return self.filter(responsible__in=ids)

    def to_deliver(self):
        """Tier II has solved it, and the client does not know yet."""
        return self.filter(state=TicketState.RESOLVED)

    def moved(self):
        """Something has moved since the responsible person last looked."""
        return self.filter(moved_at__gt=F("seen_at"))

    def overdue(self, at):
        """A running clock is past its due moment."""
        return self.filter(due_at__lte=at)

    def with_tier2(self):
        return self.filter(state__in=WITH_TIER2)

    def for_responsible(self):
        return self.filter(state__in=FOR_RESPONSIBLE)

    def in_reach(self, user, permission):
        """Those that a permission of this person reaches, as `is_in_scope` says of one ticket."""
        scope = user.scope_of(permission)
        if scope is None:
            return self.none()
        if scope == Scope.ALL:
            return self
        if scope == Scope.OWN:
            return self.of_responsible(user.acts_for_ids)
        return self.filter(Q(group__in=group_ids_of(user)) | Q(assignee=user))

    def family_of(self, ticket):
        """The ticket and all that go on in it: what was said of a merged one stays with it."""
        return self.filter(Q(pk=ticket.pk) | Q(merged_into=ticket.pk))

    def of_client(self, client):
        return self.filter(client__in=client.family_ids())


class Ticket(Versioned):
    """A client's problem that tier I cannot solve, handed to tier II.

    Who raised it stays `responsible` until the solution has reached the client, whoever works on it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # made by the browser
    number = models.CharField(_("number"), max_length=20, blank=True)  # when it is raised
    inquiry = models.ForeignKey(
        "inquiries.Inquiry",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("inquiry"),
    )
    client = models.ForeignKey(
        "clients.Client",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("client"),
    )
    topic = models.ForeignKey(
        "knowledge.Topic",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("topic"),
    )
    group = models.ForeignKey(
        "tickets.TicketGroup",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        db_index=False,
        verbose_name=_("group"),
    )
    summary = models.CharField(_("in one line"), max_length=200, blank=True)
    description = models.TextField(_("what happened"), blank=True)
    steps_tried = models.TextField(_("what has been tried"), blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)  # code of the fact: text
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.ESTONIAN
    )
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency, default=Urgency.NORMAL)
    urgency_reason = models.CharField(_("why it is urgent"), max_length=300, blank=True)
    may_contact = models.CharField(
        _("contact with the client"), max_length=9, choices=MayContact, blank=True
    )

    state = models.CharField(
        _("state"), max_length=14, choices=TicketState, default=TicketState.DRAFT
    )
    state_since = models.DateTimeField(_("in this state since"))
    link_state = models.CharField(
        _("link to Jira"), max_length=9, choices=LinkState, default=LinkState.NONE
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="tickets",
        db_index=False,
        verbose_name=_("responsible"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_tickets",
        db_index=False,
        verbose_name=_("worked on by"),
    )
    started_at = models.DateTimeField(_("started"))
    raised_at = models.DateTimeField(_("raised"), null=True, blank=True)
    # The last sign of work from tier II or the client; what we ourselves do moves nothing.
    moved_at = models.DateTimeField(_("moved"))
    seen_at = models.DateTimeField(_("seen by the responsible person"))
    word_at = models.DateTimeField(_("last word from tier II"), null=True, blank=True)
    solution = models.TextField(_("solution"), blank=True)
    resolved_at = models.DateTimeField(_("resolved"), null=True, blank=True)
    told_at = models.DateTimeField(_("client told"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("part of"),
    )
    # The nearest moment at which a running clock is due, kept for lists; none: nothing runs.
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    due_clock = models.CharField(max_length=10, blank=True)
    # When the next escalation step may have come due.
    look_at = models.DateTimeField(null=True, blank=True)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="tickets_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[TicketState.DRAFT, TicketState.CANCELLED])
                | (Q(raised_at__isnull=False, group__isnull=False) & ~Q(number="")),
                name="tickets_raised_has_number_and_group",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDED, closed_at__isnull=False)
                | (~Q(state__in=_ENDED) & Q(closed_at__isnull=True)),
                name="tickets_closed_at_goes_with_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[TicketState.TOLD, TicketState.CLOSED])
                | Q(told_at__isnull=False),
                name="tickets_closed_only_when_told",
            ),
            models.CheckConstraint(
                condition=Q(state=TicketState.MERGED, merged_into__isnull=False)
                | (~Q(state=TicketState.MERGED) & Q(merged_into__isnull=True)),
                name="tickets_merged_into_goes_with_state",
            ),
        ]
        indexes = [
            models.Index(
                fields=["responsible", "moved_at", "id"],
                name="tickets_open_of_responsible",
                condition=Q(state__in=_OPEN),
            ),
            models.Index(fields=["responsible", "started_at", "id"], name="tickets_by_person"),
            models.Index(
                fields=["group", "raised_at", "id"],
                name="tickets_open_of_group",
                condition=Q(state__in=_OPEN),
            ),
            models.Index(fields=["group", "raised_at", "id"], name="tickets_by_group"),
            models.Index(
                fields=["assignee", "raised_at", "id"],
                name="tickets_open_of_assignee",
                condition=Q(state__in=_OPEN),
            ),
            models.Index(fields=["assignee", "started_at", "id"], name="tickets_by_assignee"),
            models.Index(fields=["topic", "started_at", "id"], name="tickets_by_topic"),
            models.Index(fields=["group", "topic"], name="tickets_by_group_and_topic"),
            models.Index(fields=["group", "assignee"], name="tickets_by_group_and_solver"),
            models.Index(
                fields=["urgency", "started_at", "id"],
                name="tickets_urgent",
                condition=Q(urgency__in=[Urgency.HIGH, Urgency.CRITICAL]),
            ),
            models.Index(fields=["state", "raised_at", "id"], name="tickets_by_state"),
            models.Index(fields=["started_at", "id"], name="tickets_by_start"),
            models.Index(
                fields=["due_at", "id"],
                name="tickets_due",
                condition=Q(due_at__isnull=False),
            ),
            models.Index(
                fields=["look_at", "id"],
                name="tickets_to_look_at",
                condition=Q(look_at__isnull=False),
            ),
            models.Index(
                fields=["word_at", "id"],
                name="tickets_silent",
                condition=Q(state__in=sorted(WITH_TIER2)),
            ),
            models.Index(
                fields=["link_state", "id"],
                name="tickets_link_trouble",
                condition=Q(link_state__in=[LinkState.QUEUED, LinkState.FAILED]),
            ),
        ]

    def __str__(self):
        return self.number or f"#{self.pk}"

    @property
    def jira(self):
        """The link to its issue, where tier II works in Jira now; else None."""
        return next((link for link in self.jira_links.all() if link.is_current), None)

    @property
    def survivor(self):
        """The ticket in which this one goes on: itself, or the one that it was merged into."""
        return self.merged_into or self

    @property
    def is_open(self):
        return self.state in OPEN

    @property
    def is_draft(self):
        return self.state == TicketState.DRAFT

    def is_in_scope(self, user, scope):
        """Own: the responsible person and whoever stands in; unit: a member of the group at work."""
        if scope == Scope.UNIT:
            return (
                self.assignee_id == user.pk or user.ticket_groups.filter(pk=self.group_id).exists()
            )
        return self.responsible_id in user.acts_for_ids
