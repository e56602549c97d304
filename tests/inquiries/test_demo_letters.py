import datetime as dt
import random

import pytest

from inquiries.demo_letters import create_letters
from inquiries.models import Inquiry, Letter, UnitRequest
from inquiries.queries import InboxFilters, letters_in_inbox
from inquiries.states import InquiryState
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.knowledge import TopicFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 16)


@pytest.fixture
def reader():
    unit = UnitFactory()
    for _topic in range(3):
        TopicFactory(owner_unit=unit)
    return UserFactory(role="specialist")


def test_inbox_of_the_demo_has_something_of_everything(reader):
    made = create_letters(count=150, until=MONDAY_TEN, rng=random.Random(1))

    def waiting(**narrowed):
        return letters_in_inbox(InboxFilters(**narrowed), by=reader, today=TODAY).count()

    states = set(Inquiry.objects.values_list("state", flat=True))
    assert made == Letter.objects.count() > 150
    assert states >= {InquiryState.RECEIVED, InquiryState.IN_WORK, InquiryState.WITH_UNIT}
    assert set(Letter.objects.values_list("language", flat=True)) == {"et", "ru", "en"}
    assert set(Inquiry.objects.values_list("channel", flat=True)) == {"email", "web", "post"}
    assert all([waiting(), waiting(whose="unassigned"), waiting(due="late"), waiting(due="near")])
    assert Letter.objects.to_post().exists()
    assert UnitRequest.objects.open().filter(due_on__lt=TODAY).exists()


def test_two_fills_continue_the_numbers(reader):
    for _time in range(2):
        create_letters(count=20, until=MONDAY_TEN, rng=random.Random(2 + _time))

    numbers = Inquiry.objects.values_list("number", flat=True)
    assert len(set(numbers)) == 40
