import datetime as dt
import uuid

import pytest

from common.models import StaleSave
from inquiries import actions
from inquiries.models import InquiryDraft
from inquiries.refusals import AlreadyFinished, DraftGone
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryDraftFactory, InquiryFactory

pytestmark = pytest.mark.django_db

KEY = uuid.UUID(int=7)
LATER = MONDAY_TEN + dt.timedelta(minutes=3)


def saved(draft, version, typed, attempts=()):
    return actions.save_draft(
        key=draft.key, version=version, typed=typed, by=draft.owner, at=LATER, attempts=attempts
    )


def test_opening_again_keeps_the_first_moment_and_what_was_typed():
    agent = UserFactory(role="specialist")

    _, was_new = actions.open_draft(
        key=KEY, by=agent, at=MONDAY_TEN, typed={"caller_number": "53001234"}
    )
    draft, is_new = actions.open_draft(key=KEY, by=agent, at=LATER)

    assert (was_new, is_new) == (True, False)
    assert draft.started_at == MONDAY_TEN
    assert draft.typed == {"channel": "phone", "language": "et", "caller_number": "53001234"}


def test_a_finished_key_is_not_opened_again():
    inquiry = InquiryFactory(key=KEY)

    with pytest.raises(AlreadyFinished) as caught:
        actions.open_draft(key=KEY, by=inquiry.agent, at=LATER)

    assert caught.value.inquiry == inquiry


def test_anothers_key_is_not_opened():
    InquiryDraftFactory(key=KEY)

    with pytest.raises(DraftGone):
        actions.open_draft(key=KEY, by=UserFactory(role="specialist"), at=LATER)


def test_saving_keeps_whatever_is_there():
    draft = InquiryDraftFactory()

    version = saved(draft, 1, {"topic": "pole number", "is_anonymous": True, "outcome": None})

    draft.refresh_from_db()
    assert (version, draft.version) == (2, 2)
    assert draft.typed == {"topic": "pole number", "is_anonymous": "on", "outcome": ""}


def test_a_save_costs_one_query(django_assert_num_queries):
    draft = InquiryDraftFactory()

    with django_assert_num_queries(1):
        saved(draft, 1, {"question": "Kas?"})


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"question": "a\x00b"}, {"question": "ab"}),
        ({"question": "half \ud83d a pair"}, {"question": "half  a pair"}),
        ({"Bad Name": "x", "__class__": "y"}, {}),
        ({"question": "x" * 500_000}, {"question": "x" * 400_000}),
    ],
)
def test_only_what_the_database_can_hold_is_stored(typed, stored):
    draft = InquiryDraftFactory()

    saved(draft, 1, typed)

    draft.refresh_from_db()
    assert draft.typed == stored


def test_a_stale_save_overwrites_nothing_and_shows_both_texts():
    draft = InquiryDraftFactory(typed={"question": "teise saki tekst"}, version=5)

    with pytest.raises(StaleSave) as caught:
        saved(draft, 4, {"question": "minu tekst"})

    [difference] = caught.value.differences
    assert (difference.theirs, difference.mine) == ("teise saki tekst", "minu tekst")
    assert caught.value.version == 5
    draft.refresh_from_db()
    assert draft.typed == {"question": "teise saki tekst"}


def test_a_save_that_is_sent_again_because_its_answer_got_lost_is_no_conflict():
    draft = InquiryDraftFactory()

    assert saved(draft, 1, {"question": "Kas?"}) == 2
    assert saved(draft, 1, {"question": "Kas?"}) == 2


def test_words_that_follow_ones_own_unanswered_save_are_no_conflict():
    draft = InquiryDraftFactory()
    saved(draft, 1, {"question": "Kas?"}, ["a"])

    assert saved(draft, 1, {"question": "Kas tohib?"}, ["a", "b"]) == 3
    draft.refresh_from_db()
    assert (draft.typed, draft.last_attempt) == ({"question": "Kas tohib?"}, "b")


def test_own_save_that_comes_late_does_not_overwrite_what_followed_it():
    draft = InquiryDraftFactory()
    saved(draft, 1, {"question": "uuem"}, ["a", "b"])

    with pytest.raises(StaleSave):
        saved(draft, 1, {"question": "vanem"}, ["a"])

    draft.refresh_from_db()
    assert draft.typed == {"question": "uuem"}


def test_save_of_another_page_between_ones_own_is_a_conflict():
    draft = InquiryDraftFactory()
    saved(draft, 1, {"question": "Kas?"}, ["a"])
    saved(draft, 2, {"question": "teine aken"}, ["x"])

    with pytest.raises(StaleSave):
        saved(draft, 1, {"question": "Kas tohib?"}, ["a", "b"])


def test_saving_after_the_finish_says_which_inquiry_it_became():
    inquiry = InquiryFactory(key=KEY)

    with pytest.raises(AlreadyFinished):
        actions.save_draft(key=KEY, version=1, typed={}, by=inquiry.agent, at=LATER)


def test_the_end_of_the_call_is_noted_once():
    draft = InquiryDraftFactory()

    first = actions.end_call(key=draft.key, by=draft.owner, at=LATER)
    second = actions.end_call(key=draft.key, by=draft.owner, at=LATER + dt.timedelta(minutes=1))

    assert (first, second) == (LATER, LATER)


def test_a_discarded_draft_comes_back_as_it_was():
    draft = InquiryDraftFactory(typed={"question": "Kas?"})
    actions.discard_draft(key=draft.key, by=draft.owner, at=LATER)
    assert list(InquiryDraft.objects.of(draft.owner)) == []

    actions.restore_draft(key=draft.key, by=draft.owner, at=LATER)

    [back] = InquiryDraft.objects.of(draft.owner)
    assert (back.typed, back.started_at) == ({"question": "Kas?"}, MONDAY_TEN)


@pytest.mark.parametrize(
    "step",
    [
        lambda key, by: actions.save_draft(key=key, version=1, typed={}, by=by, at=LATER),
        lambda key, by: actions.end_call(key=key, by=by, at=LATER),
        lambda key, by: actions.discard_draft(key=key, by=by, at=LATER),
        lambda key, by: actions.restore_draft(key=key, by=by, at=LATER),
    ],
)
def test_nobody_touches_another_persons_draft(step):
    draft = InquiryDraftFactory()

    with pytest.raises(DraftGone):
        step(draft.key, UserFactory(role="specialist"))

    draft.refresh_from_db()
    assert (draft.version, draft.ended_at, draft.discarded_at) == (1, None, None)
