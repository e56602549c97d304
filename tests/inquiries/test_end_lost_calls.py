"""Calls whose hangup was never told: the word was lost on the way."""

import datetime as dt

import pytest
from django.utils import timezone

from inquiries import actions
from inquiries.models import PhoneCall
from inquiries.phone_words import word_of
from inquiries.queries.phone_calls import calls_without_inquiry, missed_calls
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import PhoneCallFactory, PhoneLineFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def agent():
    return UserFactory(role="specialist")


def test_unanswered_one_is_missed_and_answered_one_is_to_be_written_down(agent, now):
    rang_at = now - dt.timedelta(hours=5)
    unanswered = PhoneCallFactory(ringing=True, rang_at=rang_at)
    answered = PhoneCallFactory(talking=True, rang_at=rang_at, agent=agent)

    assert actions.end_lost_calls(at=now) == 2

    assert list(missed_calls(by=agent, at=now)) == [unanswered]
    assert list(calls_without_inquiry(by=agent, at=now)) == [answered]
    assert {call.cause for call in PhoneCall.objects.all()} == {"lost"}


def test_call_that_may_still_be_under_way_is_left_alone(now):
    PhoneCallFactory(talking=True, rang_at=now - dt.timedelta(hours=3))

    assert actions.end_lost_calls(at=now) == 0
    assert PhoneCall.objects.get().ended_at is None


def test_word_that_comes_after_all_puts_it_right(now):
    line = PhoneLineFactory()
    told = {"callId": "1", "direction": "in", "from": "53001234"}

    def hear(event, at, **more):
        word = word_of({"event": event, **told, **more})
        return actions.receive_phone_event(line=line, word=word, at=at)

    rang_at = now - dt.timedelta(hours=5)
    hear("newCall", rang_at)
    actions.end_lost_calls(at=now)
    hear("answer", now)
    call = hear("hangup", now, cause="normalClearing")

    assert (call.ended_at, call.cause, call.is_missed) == (now, "normalClearing", False)
