from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.personal_codes import find_personal_codes
from common.refusals import Refusal
from common.states import MoveNotAllowed
from tickets.actions.keep_words import keep_words
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.note_event import note_event
from tickets.actions.reckon_due import reckon_due
from tickets.completeness_of import text_of
from tickets.models import Ticket
from tickets.states import OPEN_OR_DRAFT

WRITTEN = (
    "client",
    "topic",
    "group",
    "summary",
    "description",
    "steps_tried",
    "facts",
    "language",
    "urgency",
    "urgency_reason",
    "may_contact",
)
# What may be put right once tier II has the ticket; another group is a move of its own.
CHANGED = tuple(name for name in WRITTEN if name != "group")


class PersonalCodeInText(Refusal):
    """A personal code stands in free text, and free text leaves the house."""

    code = "personal_code_in_text"
    sentence = _(
        "A personal code stands in the text. Take it out: the client is known by the card."
    )


class MergedOfClient(Refusal):
    """Tickets of one client were merged into this one, and that client has to be told."""

    code = "merged_of_client"
    sentence = _(
        "%(number)s of the same client was merged into this ticket. Undo that merge before the client is changed."
    )


def write_ticket(
    *, ticket: Ticket, version: int, typed: Mapping[str, Any], by: User, at: datetime
) -> Ticket:
    """Keep what has been typed of a ticket: of a draft whatever it is, for it is judged when it is raised.

    Once tier II has it, each change stands in the story, and no personal code comes in. While tickets of its
    client are merged into it, it stays that client's.

    Raises StaleSave, MoveNotAllowed, PersonalCodeInText, MergedOfClient.
    """
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if ticket.state not in OPEN_OR_DRAFT:
            raise MoveNotAllowed(state=ticket.get_state_display())
        names = [name for name in (WRITTEN if ticket.is_draft else CHANGED) if name in typed]
        ticket.claim_version(version, mine={name: typed[name] for name in names})
        changed = [name for name in names if getattr(ticket, name) != typed[name]]
        for name in changed:
            setattr(ticket, name, typed[name])
        if not ticket.is_draft:
            if any(find_personal_codes(text) for text in text_of(ticket).texts().values()):
                raise PersonalCodeInText
            if "client" in changed:
                _need_same_client(ticket)
            if changed:
                note_event(ticket=ticket, what="changed", by=by, at=at, fields=" ".join(changed))
            if "urgency" in changed:
                note_event(ticket=ticket, what="urgency", by=by, at=at, urgency=ticket.urgency)
            reckon_due(ticket, at=at)
            keep_words(ticket)
        ticket.save(update_fields=[*changed, "due_at", "due_clock", "look_at"])
    return ticket


def _need_same_client(ticket: Ticket) -> None:
    """No delivery skips the client of a ticket that goes on in this one (ADR 0024)."""
    wanted = ticket.client.survivor if ticket.client else None
    for one in ticket.merged.exclude(client=None).select_related("client"):
        if one.client and one.client.survivor != wanted:
            raise MergedOfClient(number=one.number)
