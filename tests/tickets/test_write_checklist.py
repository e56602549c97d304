"""Lines that somebody writes on the checklist of one ticket."""

import datetime as dt

import pytest

from tests.factories.inquiries import MONDAY_TEN
from tests.factories.tickets import raised
from tickets import actions
from tickets.actions.comment_on_ticket import NothingSaid
from tickets.models import ChecklistTemplate

pytestmark = pytest.mark.django_db
LATER = MONDAY_TEN + dt.timedelta(hours=1)


@pytest.fixture
def ticket():
    ChecklistTemplate.objects.all().delete()
    return raised()


def added(ticket, text):
    return actions.add_checklist_line(ticket=ticket, text=text, by=ticket.responsible, at=LATER)


def test_line_written_here_stands_last_and_hinders_nothing(ticket):
    added(ticket, "helista portaali")
    added(ticket, " küsi   logi ")

    assert [(str(one), one.is_required) for one in ticket.checklist.all()] == [
        ("helista portaali", False),
        ("küsi logi", False),
    ]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [("  ", NothingSaid), ("kontrolli 38001085718", actions.PersonalCodeInText)],
)
def test_empty_line_and_personal_code_are_refused(ticket, text, refusal):
    with pytest.raises(refusal):
        added(ticket, text)

    assert not ticket.checklist.exists()


def test_line_that_is_not_needed_goes_and_the_story_says_so(ticket):
    line = added(ticket, "küsi logi")

    for _ in range(2):  # pressed twice
        actions.remove_checklist_line(line=line, by=ticket.responsible, at=LATER)

    assert not ticket.checklist.exists()
    assert ticket.events.filter(what="checklist_line_removed").count() == 1


@pytest.mark.parametrize("is_required", [True, False])
def test_what_is_ticked_or_must_be_done_stays(ticket, is_required):
    line = added(ticket, "küsi logi")
    if is_required:
        ticket.checklist.update(is_required=True)
    else:
        actions.tick_line(line=line, by=ticket.responsible, at=LATER)

    with pytest.raises(actions.LineStays):
        actions.remove_checklist_line(line=line, by=ticket.responsible, at=LATER)

    assert ticket.checklist.exists()
