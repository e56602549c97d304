from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from tickets.actions.note_event import note_event
from tickets.actions.turn_ticket import ReasonMissing
from tickets.models import Ticket
from tickets.states import OPEN_OR_DRAFT


def hand_over_tickets(
    *, tickets: Collection[Ticket], to: User, reason: str, by: User, at: datetime
) -> list[Ticket]:
    """A colleague becomes responsible for these tickets, one or all of somebody absent: visibly, with the reason.

    Those that ended meanwhile, and those that are the colleague's already, stay as they are.

    Raises ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        ids = [ticket.pk for ticket in tickets]
        locked = Ticket.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
        moved = [
            one for one in locked if one.state in OPEN_OR_DRAFT and one.responsible_id != to.pk
        ]
        for ticket in moved:
            before, ticket.responsible = ticket.responsible_id, to
            ticket.moved_at = at
            ticket.claim_version(ticket.version)
            ticket.save(update_fields=["responsible", "moved_at"])
            note_event(
                ticket=ticket,
                what="handed_over",
                by=by,
                at=at,
                reason=reason.strip(),
                to=to.pk,
                former=before,
            )
    return moved
