"""The checklist of a ticket as its panel shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms

from accounts.models import User
from tickets.checklist_forms import ChecklistLineForm
from tickets.models import ChecklistLine, Ticket
from tickets.queries import may_tick


@dataclass(frozen=True)
class Checklist:
    lines: Sequence[ChecklistLine]
    may_tick: bool
    form: forms.Form  # for one more line
    problem: str  # why the last step was not done

    @property
    def done(self) -> int:
        return sum(line.is_ticked for line in self.lines)

    @property
    def is_done(self) -> bool:
        return self.done == len(self.lines)

    @property
    def next(self) -> ChecklistLine | None:
        return next((line for line in self.lines if not line.is_ticked), None)


def checklist_of(
    ticket: Ticket, user: User, *, form: forms.Form | None = None, problem: str = ""
) -> Checklist:
    """In one query."""
    lines = list(ticket.checklist.select_related("ticked_by"))
    form = form or ChecklistLineForm(auto_id="id_checklist_%s")
    return Checklist(lines, may_tick(user, ticket), form, problem)
