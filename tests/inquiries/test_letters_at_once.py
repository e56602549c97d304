"""Two people, or two workers, do the same with a letter in the same moment."""

import datetime as dt

import pytest

from common.models import OutgoingMail
from inquiries import actions
from inquiries.models import Inquiry, Letter, UnitRequest
from inquiries.states import InquiryState
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.inquiries import (
    MONDAY_TEN,
    AnswerDraftFactory,
    InquiryFactory,
    LetterFactory,
)
from tests.factories.letter_data import letter_data
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
LATER = MONDAY_TEN + dt.timedelta(seconds=10)


@pytest.fixture(autouse=True)
def _law_and_wordings(transactional_db):
    letter_data()


def test_two_agents_take_one_letter():
    inquiry = InquiryFactory(received=True)
    people = [UserFactory(role="specialist") for _person in range(2)]

    def taker(person):
        return lambda: actions.take_letter(inquiry=inquiry, by=person, at=LATER).responsible_id

    answers = at_once(*[taker(person) for person in people])

    inquiry.refresh_from_db()
    assert sorted(map(str, answers)) == sorted([str(inquiry.responsible_id), "LetterTaken"])


def test_two_agents_take_the_next_letters_in_line():
    letters = InquiryFactory.create_batch(2, received=True)
    people = [UserFactory(role="specialist") for _person in range(2)]

    def taker(person):
        return lambda: actions.take_next_letter(by=person, at=LATER).pk

    assert sorted(at_once(*[taker(person) for person in people])) == [one.pk for one in letters]


def test_answer_sent_twice_leaves_once():
    draft = AnswerDraftFactory()
    inquiry, agent = draft.inquiry, draft.inquiry.agent

    def send():
        return actions.send_answer(
            inquiry=inquiry, version=1, typed=draft.typed, by=agent, at=MONDAY_TEN
        ).kind

    answers = at_once(send, send)
    actions.send_leaving_letters(at=LATER)

    assert sorted(answers) == ["LetterIsLeaving", "answer"]
    assert OutgoingMail.objects.count() == 1


def test_two_workers_let_one_letter_go_once():
    draft = AnswerDraftFactory()
    letter = actions.send_answer(
        inquiry=draft.inquiry,
        version=1,
        typed=draft.typed,
        by=draft.inquiry.agent,
        at=MONDAY_TEN,
    )

    def work():
        return actions.let_letter_go(letter_id=letter.pk, at=LATER) is not None

    assert sorted(at_once(work, work)) == [False, True]
    assert OutgoingMail.objects.count() == 1


def test_letter_taken_back_while_it_leaves_does_one_of_the_two():
    draft = AnswerDraftFactory()
    agent = draft.inquiry.agent
    letter = actions.send_answer(
        inquiry=draft.inquiry, version=1, typed=draft.typed, by=agent, at=MONDAY_TEN
    )

    def leave():
        return actions.let_letter_go(letter_id=letter.pk, at=LATER) is not None

    def take_back():
        return actions.take_back_answer(letter=letter, by=agent, at=LATER).pk

    left, back = at_once(leave, take_back)

    inquiry = Inquiry.objects.get(pk=draft.inquiry_id)
    outcome = (OutgoingMail.objects.count(), Letter.objects.count(), inquiry.state)
    if left:
        assert (back, outcome) == ("TooLateToTakeBack", (1, 1, InquiryState.SOLVED))
    else:
        assert (back, outcome) == (draft.pk, (0, 0, InquiryState.IN_WORK))


def test_letter_marked_posted_by_two_people_is_posted_once():
    letter = LetterFactory(inquiry=InquiryFactory(in_work=True), to_post=True)

    def poster(day):
        return lambda: str(
            actions.mark_letter_posted(
                letter=letter, posted_on=day, by=letter.written_by, at=LATER + dt.timedelta(days=2)
            ).posted_on
        )

    answers = at_once(poster(dt.date(2026, 11, 16)), poster(dt.date(2026, 11, 17)))

    letter.refresh_from_db()
    assert sorted(answers) == sorted([str(letter.posted_on), "PostedAlready"])


def test_one_message_received_by_two_readers_is_one_letter():
    def receive():
        return actions.receive_letter(
            channel="email",
            sender_name="Mari",
            sender_address="mari@example.ee",
            subject="Veeluba",
            text="Kas?",
            files=[],
            received_at=MONDAY_TEN,
            message_id="<1@example.ee>",
            at=LATER,
        ).pk

    first, second = at_once(receive, receive)

    assert first == second == Letter.objects.get().pk
    assert Letter.objects.count() == Inquiry.objects.count() == 1


def test_unit_that_answers_twice_has_answered_once():
    inquiry = InquiryFactory(in_work=True)
    LetterFactory(inquiry=inquiry)
    request = actions.ask_unit(
        inquiry=inquiry,
        unit=UnitFactory(),
        text="Kas?",
        address="juht@agency.example",
        by=inquiry.agent,
        at=MONDAY_TEN,
    )

    def answer():
        return actions.answer_for_unit(
            request=request, name="Juht", text="Jah.", files=[], by=None, at=LATER
        ).text

    assert sorted(at_once(answer, answer)) == ["Jah.", "RequestNotOpen"]
    assert UnitRequest.objects.get().answer.text == "Jah."
