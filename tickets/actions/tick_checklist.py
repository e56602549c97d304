"""What is done of a ticket's checklist: by whom and when."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.actions import publish_event
from common.refusals import Refusal
from tickets.actions.begin_checklist import need_open_for_checklist
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.note_event import note_event
from tickets.models import ChecklistLine, Ticket


class ChecklistNotDone(Refusal):
    """Lines that must be done before the client is told are not; `lines` are they."""

    code = "checklist_not_done"
    sentence = _("To be done before the client is told: %(lines)s.")

    def __init__(self, lines: Collection[ChecklistLine]) -> None:
        super().__init__(lines="; ".join(f"“{line}”" for line in lines))
        self.lines = lines


def tick_line(*, line: ChecklistLine, by: User, at: datetime) -> None:
    """A line is done. Who ticked it first stays: of two who tick at once nobody loses anything.

    Raises MoveNotAllowed of a ticket that has ended.
    """
    with transaction.atomic():
        ticket = lock_ticket(line.ticket)
        need_open_for_checklist(ticket)
        _tick(ticket, [line.pk], by=by, at=at)


def untick_line(*, line: ChecklistLine, by: User, at: datetime) -> None:
    """It is not done after all; the story keeps that somebody said so.

    Raises MoveNotAllowed of a ticket that has ended.
    """
    with transaction.atomic():
        ticket = lock_ticket(line.ticket)
        need_open_for_checklist(ticket)
        ticked = ticket.checklist.filter(pk=line.pk).exclude(ticked_at=None)
        if ticked.update(ticked_at=None, ticked_by=None):
            note_event(ticket=ticket, what="unticked", by=by, at=at, line=line.pk)


def finish_checklist(ticket: Ticket, *, ticked: Collection[int], by: User, at: datetime) -> None:
    """Before the client is told, in the caller's transaction: tick what was ticked along, and look what must be done.

    What is not ticked and may stay so is no hindrance. Raises ChecklistNotDone.
    """
    if ticked:
        _tick(ticket, ticked, by=by, at=at)
    missing = ticket.checklist.unticked().filter(is_required=True)
    if missing:
        raise ChecklistNotDone(missing)


def _tick(ticket: Ticket, ids: Collection[int], *, by: User, at: datetime) -> None:
    if ticket.checklist.unticked().filter(pk__in=ids).update(ticked_at=at, ticked_by=by):
        publish_event(kind="ticket-changed", about=ticket, at=at)
