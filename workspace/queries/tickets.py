"""Tickets of a client, for the card and beside a call."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Case, Value, When

from accounts.models import User
from tickets.lines import Line, lines_of
from tickets.models import Ticket
from tickets.queries import rows_to_show
from tickets.states import OPEN

ROWS = 20


def tickets_of(family: Collection[int], *, by: User, at: datetime) -> list[Line]:
    """Tickets of a client, on all cards that became one, that this person may see: open ones first."""
    is_over = Case(When(state__in=sorted(OPEN), then=Value(0)), default=Value(1))
    rows = Ticket.objects.visible_to(by).filter(client__in=family, raised_at__isnull=False)
    found = rows_to_show(rows).annotate(is_over=is_over).order_by("is_over", "-started_at", "-pk")
    return lines_of(found[:ROWS], by=by, at=at)
