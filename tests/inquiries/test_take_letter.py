import pytest

from inquiries import actions
from inquiries.refusals import LetterTaken
from inquiries.states import InquiryState
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory

pytestmark = pytest.mark.django_db


def test_whoever_takes_a_letter_answers_for_it():
    agent = UserFactory(role="specialist")

    inquiry = actions.take_letter(inquiry=InquiryFactory(received=True), by=agent, at=MONDAY_TEN)

    assert inquiry.state == InquiryState.IN_WORK
    assert (inquiry.agent, inquiry.responsible) == (agent, agent)
    assert inquiry.history.latest("history_id").history_change_reason == "taken"


def test_letter_that_a_colleague_has_is_not_taken_from_them():
    inquiry = InquiryFactory(in_work=True)

    with pytest.raises(LetterTaken) as refused:
        actions.take_letter(inquiry=inquiry, by=UserFactory(role="specialist"), at=MONDAY_TEN)

    assert str(inquiry.agent) in str(refused.value)


def test_taking_twice_is_taking_once():
    inquiry = InquiryFactory(in_work=True)

    again = actions.take_letter(inquiry=inquiry, by=inquiry.agent, at=MONDAY_TEN)

    assert again.version == inquiry.version


def test_next_in_line_is_the_one_with_the_nearest_deadline():
    InquiryFactory(received=True, answer_by="2026-12-02")
    nearest = InquiryFactory(received=True, answer_by="2026-11-20")
    InquiryFactory(in_work=True, answer_by="2026-11-17")

    inquiry = actions.take_next_letter(by=UserFactory(role="specialist"), at=MONDAY_TEN)

    assert inquiry == nearest


def test_nothing_in_line_is_no_letter():
    assert actions.take_next_letter(by=UserFactory(role="specialist"), at=MONDAY_TEN) is None


def test_coordinator_hands_letters_out_and_leaves_settled_ones_alone():
    to, by = UserFactory(role="specialist"), UserFactory(role="coordinator")
    received, in_work = InquiryFactory(received=True), InquiryFactory(in_work=True)
    first_agent = in_work.agent
    solved = InquiryFactory(channel="email")

    assigned = actions.assign_letters(
        inquiries=[received, in_work, solved], to=to, by=by, at=MONDAY_TEN
    )

    assert assigned == [received, in_work]
    for one in (received, in_work, solved):
        one.refresh_from_db()
    assert (received.state, received.responsible) == (InquiryState.IN_WORK, to)
    assert (in_work.agent, in_work.responsible) == (first_agent, to)
    assert solved.responsible != to
