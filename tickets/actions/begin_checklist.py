"""A ticket gets the lines of a checklist template: by itself when it is raised, or because somebody chose it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from common.states import MoveNotAllowed
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.note_event import note_event
from tickets.models import ChecklistLine, ChecklistTemplate, Ticket
from tickets.queries import checklist_templates


def begin_checklists(ticket: Ticket) -> None:
    """A locked ticket reaches a group: what that group goes through by itself stands on it from here on."""
    _copy(ticket, checklist_templates(ticket).filter(is_automatic=True))


def begin_checklist(*, ticket: Ticket, template: ChecklistTemplate, by: User, at: datetime) -> None:
    """Somebody wants to go through a checklist.

    1. Its lines are copied, in all languages; a template that changes later changes no ticket.
    2. Lines that the ticket has from it already stay as they are, ticked or not.

    Raises MoveNotAllowed of a ticket that has ended.
    """
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        need_open_for_checklist(ticket)
        _copy(ticket, [template])
        note_event(ticket=ticket, what="checklist_begun", by=by, at=at)


def need_open_for_checklist(ticket: Ticket) -> None:
    if not ticket.is_open:
        raise MoveNotAllowed(state=ticket.get_state_display())


def last_position(ticket: Ticket) -> int:
    return ticket.checklist.aggregate(last=Max("position"))["last"] or 0


def _copy(ticket: Ticket, templates: Iterable[ChecklistTemplate]) -> None:
    lines = [line for template in templates for line in template.lines.all()]
    if not lines:
        return
    after = last_position(ticket) + 1
    ChecklistLine.objects.bulk_create(
        [
            ChecklistLine(
                ticket=ticket,
                template_line=line,
                text_et=line.text_et,
                text_en=line.text_en,
                text_ru=line.text_ru,
                is_required=line.is_required,
                position=after + place,
            )
            for place, line in enumerate(lines)
        ],
        ignore_conflicts=True,
    )
