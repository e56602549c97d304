import datetime as dt

import pytest

from accounts.actions import set_line_state
from accounts.models import LineState, User
from inquiries import actions
from tests.factories.inquiries import MONDAY_TEN, InquiryDraftFactory

pytestmark = pytest.mark.django_db
LATER = MONDAY_TEN + dt.timedelta(minutes=5)
SILENT = {"channel": "phone", "language": "et", "outcome": "silent"}


def ready_agent(draft):
    set_line_state(user=draft.owner, state=LineState.READY, by=draft.owner, at=MONDAY_TEN)
    return draft.owner


def state_of(agent):
    return User.objects.get(pk=agent.pk).line_state


def test_the_end_of_a_call_begins_the_writing_down_and_the_finish_ends_it():
    draft = InquiryDraftFactory(typed=SILENT)
    agent = ready_agent(draft)

    actions.end_call(key=draft.key, by=agent, at=LATER)
    at_the_end = state_of(agent)
    actions.finish_inquiry(key=draft.key, by=agent, at=LATER + dt.timedelta(seconds=20))

    assert (at_the_end, state_of(agent)) == ("after_call", "ready")


def finished_after_call(draft, agent):
    actions.end_call(key=draft.key, by=agent, at=LATER)
    finish = LATER + dt.timedelta(seconds=20)
    actions.finish_inquiry(key=draft.key, by=agent, at=finish)
    return finish


def test_a_finish_taken_back_takes_the_agent_back_to_the_writing_down():
    draft = InquiryDraftFactory(typed=SILENT)
    agent = ready_agent(draft)
    finish = finished_after_call(draft, agent)

    actions.undo_finish(key=draft.key, by=agent, at=finish + dt.timedelta(seconds=8))

    assert state_of(agent) == "after_call"
    actions.finish_inquiry(key=draft.key, by=agent, at=finish + dt.timedelta(seconds=30))
    assert state_of(agent) == "ready"


def test_a_finish_taken_back_leaves_alone_who_chose_another_state_meanwhile():
    draft = InquiryDraftFactory(typed=SILENT)
    agent = ready_agent(draft)
    finish = finished_after_call(draft, agent)
    set_line_state(user=agent, state=LineState.BREAK, by=agent, at=finish)

    actions.undo_finish(key=draft.key, by=agent, at=finish + dt.timedelta(seconds=8))

    assert state_of(agent) == "break"


def test_a_finish_outside_a_call_taken_back_leaves_its_agent_ready():
    draft = InquiryDraftFactory(typed=SILENT)
    agent = ready_agent(draft)
    actions.finish_inquiry(key=draft.key, by=agent, at=LATER)

    actions.undo_finish(key=draft.key, by=agent, at=LATER + dt.timedelta(seconds=8))

    assert state_of(agent) == "ready"


def test_a_call_thrown_away_leaves_its_agent_ready():
    draft = InquiryDraftFactory()
    agent = ready_agent(draft)
    actions.end_call(key=draft.key, by=agent, at=LATER)

    actions.discard_draft(key=draft.key, by=agent, at=LATER)

    assert state_of(agent) == "ready"


def test_an_end_told_twice_does_not_take_a_ready_agent_from_the_line():
    draft = InquiryDraftFactory()
    agent = ready_agent(draft)
    actions.end_call(key=draft.key, by=agent, at=LATER)
    set_line_state(user=agent, state=LineState.READY, by=agent, at=LATER)

    actions.end_call(key=draft.key, by=agent, at=LATER + dt.timedelta(seconds=5))

    assert state_of(agent) == "ready"
