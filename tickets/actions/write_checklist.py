"""Lines that somebody adds to the checklist of one ticket, or takes away from it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.actions import publish_event
from common.personal_codes import find_personal_codes
from common.refusals import Refusal
from tickets.actions.begin_checklist import last_position, need_open_for_checklist
from tickets.actions.comment_on_ticket import NothingSaid
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.note_event import note_event
from tickets.actions.write_ticket import PersonalCodeInText
from tickets.models import ChecklistLine, Ticket


class LineStays(Refusal):
    """What is ticked, or must be done, is not taken away."""

    code = "line_stays"
    sentence = _("This line stays: it is ticked, or must be done before the client is told.")


def add_checklist_line(*, ticket: Ticket, text: str, by: User, at: datetime) -> ChecklistLine:
    """One more thing to do with this ticket. Both tiers read it, so no personal code may stand in it.

    Raises NothingSaid, PersonalCodeInText, MoveNotAllowed of a ticket that has ended.
    """
    text = " ".join(text.split())
    if not text:
        raise NothingSaid
    if find_personal_codes(text):
        raise PersonalCodeInText
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        need_open_for_checklist(ticket)
        line = ChecklistLine.objects.create(
            ticket=ticket, text_et=text, position=last_position(ticket) + 1
        )
        publish_event(kind="ticket-changed", about=ticket, at=at)
    return line


def remove_checklist_line(*, line: ChecklistLine, by: User, at: datetime) -> None:
    """It need not be done with this ticket; the story keeps who said so.

    Raises LineStays, MoveNotAllowed of a ticket that has ended.
    """
    with transaction.atomic():
        ticket = lock_ticket(line.ticket)
        need_open_for_checklist(ticket)
        standing = ticket.checklist.filter(pk=line.pk).first()
        if standing is None:
            return
        if standing.is_ticked or standing.is_required:
            raise LineStays
        standing.delete()
        note_event(ticket=ticket, what="checklist_line_removed", by=by, at=at)
