import datetime as dt
import uuid

import pytest

from common.models import StaleSave
from inquiries import actions
from inquiries.field_refusals import InquiryNotComplete
from inquiries.models import Inquiry, InquiryDraft
from inquiries.refusals import DraftGone
from inquiries.states import InquiryState, Outcome
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryDraftFactory, InquiryFactory
from tests.factories.knowledge import (
    ArticleFactory,
    ArticleVersionFactory,
    ReferralBodyFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

LATER = MONDAY_TEN + dt.timedelta(minutes=5)


def draft(**typed):
    return InquiryDraftFactory(typed={"channel": "phone", "language": "et", **typed})


def finished(made, at=LATER):
    return actions.finish_inquiry(key=made.key, by=made.owner, at=at)


def refused(made, at=LATER):
    with pytest.raises(InquiryNotComplete) as caught:
        finished(made, at)
    return {name: [why.code for why in whys] for name, whys in caught.value.errors.items()}


def test_text_that_is_too_long_is_refused_and_stays_whole():
    made = draft(question="õ" * 100_000, outcome="silent")

    assert refused(made) == {"question": ["too_long"]}
    made.refresh_from_db()
    assert made.typed["question"] == "õ" * 100_000


def test_a_solved_call_becomes_an_inquiry_with_number_unit_and_source_from_its_topic():
    article = ArticleFactory()
    version = ArticleVersionFactory(article=article)
    topic = TopicFactory(default_article=article, owner_unit=UnitFactory())
    client = ClientFactory()
    made = draft(topic=str(topic.pk), client=str(client.pk), outcome="solved")
    made.ended_at = MONDAY_TEN + dt.timedelta(minutes=4)
    made.save()

    inquiry = finished(made)

    inquiry.refresh_from_db()
    assert inquiry.number == "P-2026-000001"
    assert (inquiry.started_at, inquiry.ended_at, inquiry.wrapped_up_at) == (
        MONDAY_TEN,
        MONDAY_TEN + dt.timedelta(minutes=4),
        LATER,
    )
    assert (inquiry.client, inquiry.topic, inquiry.main_topic) == (client, topic, topic.parent)
    assert (inquiry.owner_unit, inquiry.source_version) == (topic.owner_unit, version)
    assert (inquiry.outcome, inquiry.state) == (Outcome.SOLVED, InquiryState.SOLVED)
    assert InquiryDraft.objects.open().count() == 0


def test_history_begins_with_the_finished_version():
    made = draft(outcome="silent")

    inquiry = finished(made)

    first = inquiry.history.get()
    assert (first.history_type, first.history_change_reason) == ("+", "finished")
    assert (first.history_user, first.history_date) == (made.owner, LATER)


@pytest.mark.parametrize("outcome", ["wrong_number", "silent", "abusive"])
def test_a_contact_without_a_matter_needs_nothing_and_is_closed_at_once(outcome):
    assert finished(draft(outcome=outcome)).state == InquiryState.CLOSED


def test_an_unknown_caller_gives_no_client_record():
    topic = TopicFactory()

    inquiry = finished(
        draft(topic=topic.pk, outcome="solved", source_text="VeeS § 60", is_anonymous="on")
    )

    assert (inquiry.client, inquiry.is_anonymous) == (None, True)


def test_an_empty_form_says_what_is_missing_and_keeps_the_draft():
    made = InquiryDraftFactory(typed={})

    assert refused(made) == {
        "channel": ["missing"],
        "language": ["missing"],
        "outcome": ["missing"],
    }
    assert InquiryDraft.objects.get().version == 1


@pytest.mark.parametrize(
    ("outcome", "missing"),
    [
        ("solved", {"topic", "source"}),
        ("referred_out", {"topic", "referral_body"}),
        ("callback", {"topic", "question", "callback_number"}),
        ("with_unit", {"topic", "question", "owner_unit"}),
        ("access_papers", {"topic", "client"}),
    ],
)
def test_each_outcome_asks_for_what_it_needs(outcome, missing):
    assert set(refused(draft(outcome=outcome))) == missing


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"outcome": "unanswered"}, {"outcome": ["unknown_choice"]}),
        ({"outcome": "ticket"}, {"topic": ["missing"], "question": ["missing"]}),
        ({"channel": "pigeon"}, {"channel": ["unknown_choice"]}),
        ({"topic": "999999"}, {"topic": ["unknown_choice"]}),
        ({"topic": "1; drop"}, {"topic": ["unknown_choice"]}),
        ({"topic": "9" * 40}, {"topic": ["unknown_choice"]}),
        ({"place": "x" * 201}, {"place": ["too_long"]}),
        ({"legal_kind": "challenge", "registered_on": "eile"}, {"registered_on": ["not_a_date"]}),
        (
            {"legal_kind": "challenge", "registered_on": "2026-12-24"},
            {"registered_on": ["in_the_future"]},
        ),
        ({"object_reference": "KL-1"}, {"object_kind": ["missing"]}),
        ({"is_restricted": "on"}, {"restriction_basis": ["missing"], "restricted_until": ["missing"]}),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(typed, errors):
    assert refused(draft(**{"outcome": "silent", **typed})) == errors


def test_an_anonymous_caller_has_no_client():
    made = draft(outcome="silent", client=str(ClientFactory().pk), is_anonymous="on")

    assert refused(made) == {"client": ["anonymous_with_client"]}


def test_a_callback_is_promised_within_open_hours_to_the_number_that_called():
    friday_three = dt.datetime(2026, 11, 20, 13, 0, tzinfo=dt.UTC)  # the line closes at four
    made = draft(
        topic=TopicFactory().pk, question="?", outcome="callback", caller_number="5300 1234"
    )

    inquiry = finished(made, at=friday_three)

    assert inquiry.callback_number == "+37253001234"
    assert inquiry.callback_due_at == dt.datetime(2026, 11, 23, 13, 0, tzinfo=dt.UTC)
    assert inquiry.state == InquiryState.CALLBACK


def test_a_callback_is_not_promised_for_the_past():
    made = draft(
        topic=TopicFactory().pk,
        question="?",
        outcome="callback",
        callback_number="53001234",
        callback_due_at="2026-11-16T09:00",
    )

    assert refused(made) == {"callback_due_at": ["in_the_past"]}


@pytest.mark.parametrize("moment", ["2026-11-17T08:59", "2026-11-17T16:01", "2026-11-21T12:00"])
def test_a_callback_is_not_promised_for_when_nobody_works(moment):
    made = draft(
        topic=TopicFactory().pk,
        question="?",
        outcome="callback",
        callback_number="53001234",
        callback_due_at=moment,
    )

    assert refused(made) == {"callback_due_at": ["closed_then"]}


def test_the_typed_moment_is_tallinns():
    made = draft(
        topic=TopicFactory().pk,
        question="?",
        outcome="callback",
        callback_number="53001234",
        callback_due_at="2026-11-17T12:30",
    )

    assert finished(made).callback_due_at == dt.datetime(2026, 11, 17, 10, 30, tzinfo=dt.UTC)


def test_forwarding_goes_to_the_chosen_unit_else_to_the_topics():
    topic, other = TopicFactory(owner_unit=UnitFactory()), UnitFactory()
    typed = {"topic": topic.pk, "question": "?", "outcome": "with_unit"}

    assert finished(draft(**typed)).owner_unit == topic.owner_unit
    assert finished(draft(**typed, owner_unit=other.pk)).owner_unit == other


def test_a_referral_names_the_body():
    body = ReferralBodyFactory()

    inquiry = finished(
        draft(topic=TopicFactory().pk, outcome="referred_out", referral_body=body.pk)
    )

    assert (inquiry.referral_body, inquiry.state) == (body, InquiryState.REFERRED_OUT)


def test_a_challenge_is_answered_within_ten_days_of_registration():
    inquiry = finished(draft(outcome="silent", legal_kind="challenge"))

    assert (inquiry.registered_on, inquiry.answer_by) == (
        dt.date(2026, 11, 16),
        dt.date(2026, 11, 26),
    )


def test_a_merged_client_is_followed_to_the_one_it_lives_on_in():
    survivor = ClientFactory()
    merged = ClientFactory(merged_into=survivor)

    assert finished(draft(outcome="silent", client=merged.pk)).client == survivor


def test_a_follow_up_points_at_the_earlier_inquiry():
    earlier = InquiryFactory()

    assert finished(draft(outcome="silent", follow_up_of=earlier.pk)).follow_up_of == earlier


def test_a_recording_is_kept_for_the_set_days():
    inquiry = finished(draft(outcome="silent", recording_reference="pbx/2026/77"))

    assert inquiry.recording_expires_on == dt.date(2027, 1, 15)


def test_finishing_twice_makes_one_inquiry():
    made = draft(outcome="silent")

    first, second = finished(made), finished(made)

    assert first == second
    assert [inquiry.number for inquiry in Inquiry.objects.all()] == ["P-2026-000001"]


def test_what_was_typed_last_comes_with_the_finish():
    made = draft()
    typed = {"channel": "counter", "language": "ru", "outcome": "silent"}

    def finish():
        return actions.finish_inquiry(
            key=made.key, by=made.owner, at=LATER, typed=typed, version=made.version
        )

    inquiry = finish()

    assert (inquiry.channel, inquiry.language) == ("counter", "ru")
    assert finish() == inquiry


def test_what_was_typed_last_is_kept_when_the_finish_is_refused():
    made = draft()

    with pytest.raises(InquiryNotComplete):
        actions.finish_inquiry(
            key=made.key, by=made.owner, at=LATER, typed={"question": "Kus?"}, version=1
        )

    made.refresh_from_db()
    assert (made.typed, made.version) == ({"question": "Kus?"}, 2)


def test_a_finish_from_a_stale_tab_overwrites_nothing():
    made = draft(question="uus")
    InquiryDraft.objects.update(version=4)

    with pytest.raises(StaleSave):
        actions.finish_inquiry(
            key=made.key, by=made.owner, at=LATER, typed={"question": "vana"}, version=3
        )

    assert InquiryDraft.objects.get().typed["question"] == "uus"


def test_a_refused_finish_takes_no_number():
    refused(draft())

    assert finished(draft(outcome="silent")).number == "P-2026-000001"


def test_nobody_finishes_another_persons_draft():
    made = draft(outcome="silent")

    with pytest.raises(DraftGone):
        actions.finish_inquiry(key=made.key, by=UserFactory(role="specialist"), at=LATER)

    assert Inquiry.objects.count() == 0


def test_another_persons_inquiry_is_not_given_out_by_its_key():
    made = draft(outcome="silent")
    finished(made)

    with pytest.raises(DraftGone):
        actions.finish_inquiry(key=made.key, by=UserFactory(role="specialist"), at=LATER)


def test_a_key_that_nobody_opened_is_refused():
    with pytest.raises(DraftGone):
        actions.finish_inquiry(key=uuid.uuid4(), by=UserFactory(role="specialist"), at=LATER)


def test_a_repeat_call_follows_the_open_inquiry_of_the_client_and_takes_its_topic():
    waiting = InquiryFactory(callback=True, started_at=MONDAY_TEN - dt.timedelta(days=20))
    InquiryFactory(client=waiting.client)

    inquiry = finished(draft(outcome="repeat", client=waiting.client_id))

    assert (inquiry.follow_up_of, inquiry.topic) == (waiting, waiting.topic)
    assert inquiry.state == InquiryState.CLOSED


def test_a_repeat_call_from_the_same_number_follows_the_latest_inquiry():
    InquiryFactory(caller_number="+37255110000", started_at=MONDAY_TEN - dt.timedelta(days=2))
    latest = InquiryFactory(caller_number="+37255110000", started_at=MONDAY_TEN)

    assert finished(draft(outcome="repeat", caller_number="5511 0000")).follow_up_of == latest


def test_a_repeat_call_of_nobody_known_says_what_to_choose():
    assert refused(draft(outcome="repeat")) == {"follow_up_of": ["nothing_repeated"]}
