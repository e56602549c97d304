import datetime as dt

import pytest

from common.models import OutgoingMail
from inquiries import actions
from inquiries.models import AnswerDraft, Letter, LetterKind
from inquiries.refusals import (
    LetterIsLeaving,
    LetterNotComplete,
    NoticeWaitsForPost,
    TooLateToTakeBack,
)
from inquiries.states import InquiryState
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import (
    MONDAY_TEN,
    AnswerDraftFactory,
    InquiryFactory,
    LetterFactory,
)
from tests.factories.knowledge import ReferralBodyFactory

pytestmark = pytest.mark.django_db
LATER = MONDAY_TEN + dt.timedelta(seconds=10)
MONDAY = dt.date(2026, 11, 16)
WEDNESDAY_TEN = MONDAY_TEN + dt.timedelta(days=2)


@pytest.fixture
def inquiry():
    """A letter on paper, whose sender has no e-mail address."""
    inquiry = InquiryFactory(in_work=True, channel="post")
    LetterFactory(inquiry=inquiry, channel="post", sender_address="Kase 1, Pärnu")
    return inquiry


def answered(inquiry):
    """An answer on paper whose ten seconds are over."""
    draft = AnswerDraftFactory(inquiry=inquiry)
    letter = actions.send_answer(
        inquiry=inquiry,
        version=draft.version,
        typed={**draft.typed, "way": "post", "recipient_address": "Kase 1, Pärnu"},
        by=inquiry.agent,
        at=MONDAY_TEN,
    )
    return actions.let_letter_go(letter_id=letter.pk, at=LATER)


def posted(letter, *, on=MONDAY, at=WEDNESDAY_TEN):
    return actions.mark_letter_posted(letter=letter, posted_on=on, by=letter.written_by, at=at)


def test_answer_on_paper_waits_to_be_posted_and_settles_nothing_yet(inquiry):
    letter = answered(inquiry)

    inquiry.refresh_from_db()
    assert list(Letter.objects.to_post()) == [letter]
    assert (letter.left_at, letter.posted_on, letter.mail) == (None, None, None)
    assert (inquiry.state, inquiry.outcome) == (InquiryState.IN_WORK, "")
    assert not OutgoingMail.objects.exists()


def test_answer_counts_as_sent_from_the_day_on_which_it_was_posted(inquiry):
    letter = answered(inquiry)
    postman = UserFactory(role="coordinator")

    actions.mark_letter_posted(
        letter=letter, posted_on=dt.date(2026, 11, 17), by=postman, at=WEDNESDAY_TEN
    )

    letter.refresh_from_db()
    inquiry.refresh_from_db()
    noon = dt.datetime(2026, 11, 17, 10, tzinfo=dt.UTC)  # noon in Tallinn
    assert (letter.posted_on, letter.posted_by) == (dt.date(2026, 11, 17), postman)
    assert letter.left_at == inquiry.state_since == noon
    assert (inquiry.state, inquiry.outcome) == (InquiryState.SOLVED, "solved")
    assert inquiry.answer == letter.text
    assert not AnswerDraft.objects.exists()
    assert not Letter.objects.to_post().exists()


def test_letter_posted_on_the_day_it_was_written_left_no_earlier_than_it_was_written(inquiry):
    evening = MONDAY_TEN + dt.timedelta(hours=6)
    letter = LetterFactory(inquiry=inquiry, to_post=True, at=evening)

    assert posted(letter).left_at == evening


def test_sweep_leaves_alone_what_waits_to_be_posted(inquiry):
    answered(inquiry)

    assert actions.send_leaving_letters(at=WEDNESDAY_TEN) == 0


def test_answer_is_taken_back_until_it_is_posted(inquiry):
    letter = answered(inquiry)

    back = actions.take_back_answer(letter=letter, by=inquiry.agent, at=WEDNESDAY_TEN)

    assert back.typed["text"] == "Jah, luba on vaja."
    with pytest.raises(actions.PostedAlready):
        posted(Letter(pk=letter.pk or 0, inquiry=inquiry, written_by=inquiry.agent))


def test_posted_answer_is_not_taken_back(inquiry):
    letter = answered(inquiry)
    posted(letter)

    with pytest.raises(TooLateToTakeBack):
        actions.take_back_answer(letter=letter, by=inquiry.agent, at=WEDNESDAY_TEN)


def test_no_second_answer_while_one_waits_to_be_posted(inquiry):
    answered(inquiry)
    draft = AnswerDraft.objects.get()

    with pytest.raises(LetterIsLeaving):
        actions.send_answer(
            inquiry=inquiry,
            version=draft.version,
            typed=draft.typed,
            by=inquiry.agent,
            at=WEDNESDAY_TEN,
        )


def test_letter_is_posted_once(inquiry):
    letter = answered(inquiry)
    posted(letter)

    with pytest.raises(actions.PostedAlready):
        posted(letter)


@pytest.mark.parametrize("day", [dt.date(2026, 11, 19), dt.date(2026, 11, 15)])
def test_day_that_has_not_come_or_was_before_the_letter_is_refused_at_its_field(inquiry, day):
    letter = answered(inquiry)

    with pytest.raises(LetterNotComplete) as refused:
        posted(letter, on=day)

    assert list(refused.value.errors) == ["posted_on"]
    assert Letter.objects.to_post().exists()


def test_longer_term_counts_when_its_notice_is_posted(inquiry):
    before = inquiry.answer_by
    extension = actions.extend_term(
        inquiry=inquiry, reason="Ootame.", by=inquiry.agent, at=MONDAY_TEN
    )
    inquiry.refresh_from_db()
    lying_here = inquiry.answer_by

    posted(extension.notice)

    inquiry.refresh_from_db()
    assert (lying_here, inquiry.answer_by) == (before, extension.answer_by)
    assert not OutgoingMail.objects.exists()
    assert inquiry.history.latest("history_id").history_change_reason == "term_extended"


def test_matter_sent_on_is_settled_when_its_sender_has_been_told(inquiry):
    body = ReferralBodyFactory(email="info@vald.example")
    actions.send_on(inquiry=inquiry, body=body, address="", by=inquiry.agent, at=MONDAY_TEN)
    inquiry.refresh_from_db()
    lying_here = inquiry.state, inquiry.outcome
    notice = inquiry.letters.get(kind=LetterKind.NOTICE_FORWARDED)

    with pytest.raises(NoticeWaitsForPost):
        actions.send_on(inquiry=inquiry, body=body, address="", by=inquiry.agent, at=LATER)
    posted(notice)

    inquiry.refresh_from_db()
    assert OutgoingMail.objects.get().to == "info@vald.example"
    assert lying_here == (InquiryState.IN_WORK, "")
    assert (inquiry.state, inquiry.outcome) == (InquiryState.REFERRED_OUT, "referred_out")
    assert inquiry.referral_body == body


def test_question_to_the_sender_leaves_the_matter_open_when_it_is_posted(inquiry):
    letter = LetterFactory(inquiry=inquiry, to_post=True)

    posted(letter)

    inquiry.refresh_from_db()
    assert inquiry.state == InquiryState.IN_WORK
