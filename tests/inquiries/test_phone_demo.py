import datetime as dt
import random

import pytest
from django.utils import timezone

from inquiries import actions
from inquiries.demo_phone import create_phone_calls
from inquiries.models import PhoneCall
from inquiries.queries.phone_calls import missed_by_number
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import InquiryFactory
from tests.factories.knowledge import TopicFactory

pytestmark = pytest.mark.django_db


def test_demo_calls_agree_with_the_demo_inquiries():
    now = timezone.now()
    mari, topic = UserFactory(role="specialist"), TopicFactory()
    inquiries = {
        inquiry.key: inquiry
        for inquiry in InquiryFactory.create_batch(150, agent=mari, topic=topic, client=None)
    }
    for place, inquiry in enumerate(inquiries.values()):
        inquiry.started_at = now - dt.timedelta(minutes=20 + 12 * place)
        inquiry.ended_at = inquiry.started_at + dt.timedelta(minutes=3)
        inquiry.wrapped_up_at = inquiry.ended_at + dt.timedelta(seconds=40)
        inquiry.caller_number = f"+3728400{place:04d}"
        inquiry.save()

    made = create_phone_calls(at=now, rng=random.Random(7))

    linked = PhoneCall.objects.filter(contact_key__isnull=False)
    assert made == PhoneCall.objects.count() > 150
    assert 0.9 * 150 < linked.count() <= 150
    for call in linked:
        inquiry = inquiries[call.contact_key]
        assert (call.agent_id, call.number) == (inquiry.agent_id, inquiry.caller_number)
        assert (call.answered_at, call.ended_at) == (inquiry.started_at, inquiry.ended_at)
    assert PhoneCall.objects.without_inquiry().exists()
    assert missed_by_number(by=mari, at=now)
    assert PhoneCall.objects.missed().count() > len(missed_by_number(by=mari, at=now))
    assert not PhoneCall.objects.filter(rang_at__gt=now).exists()
    assert actions.match_calls(at=now) == 0
