"""Calls and inquiries find each other by a rule; what a person linked or parted stays."""

import datetime as dt

import pytest

from inquiries import actions
from inquiries.models import LinkedHow, PhoneCall
from inquiries.queries.phone_calls import calls_without_inquiry, inquiries_without_call
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import InquiryDraftFactory, InquiryFactory, PhoneCallFactory

TEN = dt.datetime(2026, 11, 16, 8, tzinfo=dt.UTC)
LATER = TEN + dt.timedelta(hours=2)
NUMBER, OTHER = "+37253001234", "+37253001235"

pytestmark = pytest.mark.django_db


@pytest.fixture
def mari():
    return UserFactory(role="specialist")


def minutes(count):
    return TEN + dt.timedelta(minutes=count)


def call_at(mari, start, number=NUMBER, length=4, **more):
    return PhoneCallFactory(
        agent=mari,
        number=number,
        rang_at=minutes(start),
        answered_at=minutes(start),
        ended_at=minutes(start + length),
        **more,
    )


def inquiry_at(mari, start, number=NUMBER, length=4, **more):
    return InquiryFactory(
        agent=mari,
        caller_number=number,
        started_at=minutes(start),
        ended_at=minutes(start + length),
        wrapped_up_at=minutes(start + length + 1),
        **more,
    )


def linked(call):
    call.refresh_from_db()
    return call.contact_key


def test_same_agent_number_and_time_belong_together(mari):
    call, inquiry = call_at(mari, 0), inquiry_at(mari, 1)

    assert actions.match_calls(at=LATER) == 1

    assert linked(call) == inquiry.key
    assert call.linked_how == LinkedHow.RULE


@pytest.mark.parametrize("missing", ["call", "inquiry"])
def test_withheld_number_is_matched_by_agent_and_time_alone(mari, missing):
    call = call_at(mari, 0, number="" if missing == "call" else NUMBER)
    inquiry = inquiry_at(mari, 0, number="" if missing == "inquiry" else NUMBER)

    actions.match_calls(at=LATER)

    assert linked(call) == inquiry.key


def test_two_that_fit_equally_are_left_to_a_person(mari):
    call = call_at(mari, 0, number="")
    inquiry_at(mari, 0, number="")
    inquiry_at(mari, 2, number="")

    assert actions.match_calls(at=LATER) == 0
    assert linked(call) is None


def test_of_two_with_the_same_number_the_nearer_in_time_is_taken(mari):
    first, second = call_at(mari, 0), call_at(mari, 5)
    one, other = inquiry_at(mari, 0), inquiry_at(mari, 5)

    assert actions.match_calls(at=LATER) == 2
    assert (linked(first), linked(second)) == (one.key, other.key)


@pytest.mark.parametrize(
    "unlike",
    [
        {"number": OTHER},
        {"start": 30},
        {"channel": "email"},
        {"agent": True},
    ],
)
def test_another_number_time_channel_or_agent_is_another_contact(mari, unlike):
    call = call_at(mari, 0)
    more = {key: value for key, value in unlike.items() if key == "channel"}
    inquiry_at(
        UserFactory(role="specialist") if "agent" in unlike else mari,
        unlike.get("start", 0),
        number=unlike.get("number", NUMBER),
        **more,
    )

    assert actions.match_calls(at=LATER) == 0
    assert linked(call) is None


def test_rule_runs_twice_and_links_once(mari):
    call_at(mari, 0)
    inquiry_at(mari, 0)

    assert [actions.match_calls(at=LATER) for _ in range(2)] == [1, 0]


def test_what_a_person_parted_the_rule_does_not_join_again(mari):
    call, inquiry = call_at(mari, 0), inquiry_at(mari, 0)
    actions.match_calls(at=LATER)
    actions.unlink_call(call=call, by=mari, at=LATER)

    assert actions.match_calls(at=LATER) == 0
    assert linked(call) is None

    actions.link_call(call=call, inquiry=inquiry, by=mari, at=LATER)
    assert linked(call) == inquiry.key


def test_call_of_an_inquiry_is_not_taken_for_another(mari):
    call = call_at(mari, 0)
    actions.link_call(call=call, inquiry=inquiry_at(mari, 0), by=mari, at=LATER)

    with pytest.raises(actions.CallIsLinked):
        actions.link_call(call=call, inquiry=inquiry_at(mari, 9), by=mari, at=LATER)


def test_lists_hold_what_is_without_the_other_and_lose_it_by_the_link(mari):
    call, inquiry = call_at(mari, 0), inquiry_at(mari, 0)
    by_mail = inquiry_at(mari, 0, channel="email")

    before = (
        list(calls_without_inquiry(by=mari, at=LATER)),
        list(inquiries_without_call(by=mari, at=LATER)),
    )
    actions.match_calls(at=LATER)

    assert before == ([call], [inquiry])
    assert by_mail not in before[1]
    assert not calls_without_inquiry(by=mari, at=LATER).exists()
    assert not inquiries_without_call(by=mari, at=LATER).exists()


def test_call_whose_draft_is_being_written_is_not_in_the_list_until_it_is_thrown_away(mari):
    call = call_at(mari, 0)
    draft = InquiryDraftFactory(owner=mari)
    PhoneCall.objects.filter(pk=call.pk).update(contact_key=draft.key, linked_how="pop")

    assert not calls_without_inquiry(by=mari, at=LATER).exists()
    actions.discard_draft(key=draft.key, by=mari, at=LATER)

    assert list(calls_without_inquiry(by=mari, at=LATER)) == [call]


def test_where_no_exchange_tells_of_calls_no_inquiry_wants_one(mari):
    inquiry_at(mari, 0)

    assert not inquiries_without_call(by=mari, at=LATER).exists()
