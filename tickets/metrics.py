"""Figures of tickets for Prometheus."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count

from common.metrics import Gauge, Sample, registry
from tickets.models import CallState, JiraCall, Ticket
from tickets.states import OPEN


def _open(at: datetime) -> Iterable[Sample]:
    """Every open state, those without a ticket as well."""
    counts = Ticket.objects.open().order_by().values_list("state").annotate(Count("pk"))
    found = dict(counts)
    return [({"state": state}, found.get(state, 0)) for state in sorted(OPEN)]


def _overdue(at: datetime) -> Iterable[Sample]:
    return [({}, Ticket.objects.open().overdue(at).count())]


def _unsent(at: datetime) -> Iterable[Sample]:
    return [({}, JiraCall.objects.filter(state=CallState.OWED).count())]


registry.register(
    Gauge("servicedesk_tickets_open", "Open tickets, by state.", _open),
    Gauge("servicedesk_tickets_overdue", "Open tickets with a clock that is over.", _overdue),
    Gauge("servicedesk_jira_calls_owed", "What is still to be said to Jira.", _unsent),
)
