import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from inquiries.models import Inquiry, object_key
from inquiries.states import InquiryState
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("78401:101:0010", "784011010010"),
        ("L.VV/123 456", "LVV123456"),
        ("t-kl/1012345-2", "TKL10123452"),
        (" — ", ""),
    ],
)
def test_an_object_is_found_whatever_stands_between_its_digits(typed, key):
    assert object_key(typed) == key


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_anonymous": True},
        {"ended_at": MONDAY_TEN - dt.timedelta(days=9)},
        {"state": InquiryState.CALLBACK},
        {"legal_kind": "challenge"},
        {"is_restricted": True},
        {"recording_reference": "rec-1"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_must_be_true_together_is_held_by_the_database(wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        InquiryFactory(**wrong)

    assert Inquiry.objects.count() == 0


def test_a_number_is_given_once():
    InquiryFactory(number="P-2026-000007")

    with pytest.raises(IntegrityError), transaction.atomic():
        InquiryFactory(number="P-2026-000007")


def test_a_specialist_sees_everybodys_inquiries():
    inquiry = InquiryFactory()

    assert list(Inquiry.objects.visible_to(UserFactory(role="specialist"))) == [inquiry]


def test_counter_staff_see_what_they_took_or_answer_for():
    counter = UserFactory(role="counter")
    taken, answered_for = InquiryFactory(agent=counter), InquiryFactory(responsible=counter)
    InquiryFactory()

    assert set(Inquiry.objects.visible_to(counter)) == {taken, answered_for}


def test_an_administrator_sees_no_inquiry():
    InquiryFactory()

    assert list(Inquiry.objects.visible_to(UserFactory(role="administrator"))) == []


def test_a_restriction_ends_with_its_term():
    inquiry = InquiryFactory.build(
        is_restricted=True, restricted_until=dt.date(2026, 12, 1), client=None, topic=None, agent=None,
        main_topic=None, owner_unit=None,
    )  # fmt: skip

    assert [inquiry.is_restricted_on(dt.date(2026, 12, day)) for day in (1, 2)] == [True, False]


def test_the_recording_is_out_of_reach_after_its_day():
    inquiry = Inquiry(recording_reference="rec-1", recording_expires_on=dt.date(2026, 12, 1))

    assert [inquiry.recording_on(dt.date(2026, 12, day)) for day in (1, 2)] == ["rec-1", ""]
