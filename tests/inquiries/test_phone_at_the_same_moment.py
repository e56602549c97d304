"""Words of a call and an agent's hand at the same moment, each in a process of its own."""

import datetime as dt
from functools import partial

import pytest
from django.utils import timezone

from inquiries import actions
from inquiries.models import InquiryDraft, PhoneCall, PhoneEvent, PhoneRing
from inquiries.phone_words import word_of
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import PhoneCallFactory, PhoneLineFactory
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)

TOLD = {"callId": "1", "direction": "in", "from": "53001234", "to": "6625900"}


def hear(line, event, **more):
    word = word_of({**TOLD, "event": event, **more})
    actions.receive_phone_event(line=line, word=word, at=timezone.now())
    return event


def test_all_the_words_of_a_call_at_once_make_one_call():
    line = PhoneLineFactory()
    mari = UserFactory(role="specialist", extension="5902")

    at_once(
        partial(hear, line, "newCall", user="5902"),
        partial(hear, line, "newCall", user="5902"),
        partial(hear, line, "answer", answeringNumber="5902"),
        partial(hear, line, "hangup", cause="normalClearing"),
    )

    call = PhoneCall.objects.get()
    assert (call.agent, call.is_missed) == (mari, False)
    assert call.rang_at <= call.answered_at <= call.ended_at
    assert (PhoneEvent.objects.count(), PhoneRing.objects.count()) == (3, 1)


def test_call_taken_twice_at_once_is_one_draft():
    mari = UserFactory(role="specialist")
    call = PhoneCallFactory(talking=True, agent=mari, rang_at=timezone.now() - dt.timedelta(0, 9))

    def take():
        return str(actions.accept_call(call=call, by=mari, at=timezone.now()).key)

    keys = at_once(take, take)

    assert keys == [str(InquiryDraft.objects.get().key)] * 2
