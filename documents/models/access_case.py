import uuid

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.utils.functional import cached_property

from accounts.roles import Scope
from common.models import Versioned
from documents.kinds import Portal
from documents.models.paper import Paper
from documents.states import FOR_US, OPEN_CASES, WITH_THE_CLIENT, CaseState
from registry.queries import known_organisation


class AccessCaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        scope = user.scope_of("documents.view_case")
        if scope is None:
            return self.none()
        if scope == Scope.ALL:
            return self
        if scope == Scope.UNIT and user.unit_id:
            return self.filter(responsible__unit=user.unit_id)
        return self.filter(responsible__in=user.acts_for_ids)

    def open(self):
        return self.filter(state__in=OPEN_CASES)

    def for_us(self):
        """Open cases in which we ourselves must do something next."""
        return self.open().filter(_waits_in(FOR_US))

    def with_the_client(self):
        """Open cases in which a paper lies with the client, whatever its others wait for."""
        return self.open().filter(_waits_in(WITH_THE_CLIENT))

    def with_turns(self):
        """Each case with whether it waits for us, for the client, or for both."""
        return self.annotate(
            is_for_us=_told(Q(state__in=OPEN_CASES) & _waits_in(FOR_US)),
            is_with_the_client=_told(Q(state__in=OPEN_CASES) & _waits_in(WITH_THE_CLIENT)),
        )

    def of_client(self, client):
        return self.filter(client=client)


def _waits_in(states):
    """The state of the paper furthest behind is the case's own, by the same name; the others'
    are asked for only where that one does not tell."""
    papers = Paper.objects.filter(case=OuterRef("pk"), state__in=states)
    return Q(state__in=states) | Q(Exists(papers))


def _told(condition):
    return ExpressionWrapper(condition, output_field=BooleanField())


class AccessCase(Versioned):
    """One request for access to a portal: from "which portal?" to the papers that grant it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    portal = models.CharField(max_length=20, choices=Portal)
    state = models.CharField(max_length=20, choices=CaseState, default=CaseState.STARTED)
    organisation_code = models.CharField(max_length=8, blank=True, db_index=True)
    organisation_name = models.CharField(max_length=500, blank=True)
    client = models.ForeignKey(
        "clients.Client",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="access_cases",
    )
    inquiry = models.ForeignKey(
        "inquiries.Inquiry",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="access_cases",
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_cases"
    )
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=500, blank=True)

    objects = AccessCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OPEN_CASES, closed_at__isnull=True)
                | (~Q(state__in=OPEN_CASES) & Q(closed_at__isnull=False)),
                name="documents_accesscase_closed_at_goes_with_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["started_at", "id"], name="documents_case_by_age"),
            models.Index(
                fields=["started_at", "id"],
                name="documents_case_open_by_age",
                condition=Q(state__in=OPEN_CASES),
            ),
            models.Index(fields=["state", "started_at", "id"], name="documents_case_by_state"),
            models.Index(
                fields=["responsible", "state", "started_at", "id"], name="documents_case_by_person"
            ),
        ]

    def __str__(self):
        return self.number

    @cached_property
    def known_organisation(self):
        """The organisation as our copy or the live register shows it, or None."""
        return known_organisation(self.organisation_code)

    @property
    def is_open(self):
        return self.state in OPEN_CASES

    def is_in_scope(self, user, scope):
        if scope == Scope.UNIT:
            return user.unit_id is not None and self.responsible.unit_id == user.unit_id
        return self.responsible_id in user.acts_for_ids
