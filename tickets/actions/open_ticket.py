from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from inquiries.models import Inquiry, ObjectKind
from tickets.actions.note_event import note_event
from tickets.choices import MayContact
from tickets.models import Ticket, TicketGroup
from tickets.states import TicketState

LONGEST_SUMMARY = 120


def open_ticket(*, key: UUID, inquiry: Inquiry | None = None, by: User, at: datetime) -> Ticket:
    """Somebody begins to write a ticket, from an inquiry without retyping, or alone.

    1. If the ticket of this key is there already, because a page was sent twice, give that one.
    2. Carry over what the inquiry knows: client, topic, language, what was asked, place and number of
       the object. The group follows from the topic.

    It is a draft: it has no number, and nobody else hears of it.
    """
    with transaction.atomic():
        begun = {"state": TicketState.DRAFT, "responsible": by, "state_since": at}
        moments = dict.fromkeys(("started_at", "moved_at", "seen_at"), at)
        carried = carried_over(inquiry) if inquiry is not None else {}
        ticket, is_new = Ticket.objects.get_or_create(
            key=key, defaults={**begun, **moments, **carried}
        )
        if is_new:
            note_event(ticket=ticket, what="opened", by=by, at=at)
    return ticket


def carried_over(inquiry: Inquiry) -> dict[str, Any]:
    """What the inquiry knows already, so that nobody types it twice.

    The words of one for internal use stay in it: a ticket is read by the whole desk, and leaves for Jira.
    """
    question = "" if inquiry.is_restricted_on(timezone.localdate()) else inquiry.question
    facts = {
        "place": ", ".join(filter(None, (inquiry.place, inquiry.get_county_display()))),
        "permit_number": inquiry.object_reference
        if inquiry.object_kind == ObjectKind.PERMIT
        else "",
    }
    group = inquiry.topic.tier2_group if inquiry.topic else ""
    return {
        "inquiry": inquiry,
        "client": inquiry.client,
        "topic": inquiry.topic,
        "group": TicketGroup.objects.filter(code=group, is_active=True).first(),
        "language": inquiry.language,
        "description": question,
        "summary": first_line(question),
        "facts": {code: text for code, text in facts.items() if text},
        "may_contact": MayContact.ANONYMOUS if inquiry.is_anonymous else "",
    }


def first_line(text: str) -> str:
    """The first sentence, as far as one line goes: a proposal, to be made better by hand."""
    line = text.strip().partition("\n")[0]
    sentence = line.partition(". ")[0].rstrip(".")
    return sentence if len(sentence) <= LONGEST_SUMMARY else f"{sentence[: LONGEST_SUMMARY - 1]}…"
