import datetime as dt
from collections import Counter
from random import Random

import pytest
from django.utils import timezone

from accounts.actions import arrange_substitution
from common.actions import take_number
from common.clock import working_clock
from inquiries import actions
from inquiries.demo import create_history
from inquiries.demo_callbacks import promise_callbacks
from inquiries.models import Inquiry
from inquiries.queries import waiting_callbacks
from inquiries.states import InquiryState
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.knowledge import ReferralBodyFactory, TopicFactory

pytestmark = pytest.mark.django_db

UNTIL = dt.datetime(2026, 11, 18, 11, 30, tzinfo=dt.UTC)  # a Wednesday


@pytest.fixture
def world():
    for _ in range(3):
        UserFactory(role="specialist")
    body = ReferralBodyFactory()
    for number in range(8):
        topic = TopicFactory(
            code=f"ASJA-{number}",
            peak_months=[12] if number < 4 else [],
            tier1_can_close=("yes", "partly", "no")[number % 3],
            starts_access_case=number == 7,
        )
        topic.referral_bodies.add(body)
    for _ in range(5):
        ClientFactory(phone="5300 1234")


def test_a_history_has_the_shape_of_the_departments_days(world):
    create_history(count=3_000, until=UNTIL, rng=Random(5))

    calls = Inquiry.objects.filter(channel="phone")
    moments = [timezone.localtime(call.started_at) for call in calls]
    clock = working_clock()
    assert Inquiry.objects.count() == 3_000
    assert {moment.weekday() for moment in moments} <= {0, 1, 2, 3, 4}
    assert all(9 <= moment.hour < 16 for moment in moments)
    assert all(clock.is_workday(moment.date()) for moment in moments)
    assert Inquiry.objects.filter(started_at__gt=UNTIL).count() == 0
    assert 0.005 < Inquiry.objects.filter(channel="voicemail").count() / 3_000 < 0.1
    assert set(Inquiry.objects.values_list("language", flat=True)) == {"et", "ru", "en"}
    months = Counter(Inquiry.objects.values_list("started_at__month", flat=True))
    assert months[12] / 2 > months[9] / 2


def test_numbers_rise_with_time_and_the_series_goes_on_after_them(world):
    create_history(count=500, until=UNTIL, rng=Random(5))

    rows = list(Inquiry.objects.order_by("pk").values_list("number", "started_at"))
    assert rows == sorted(rows)
    last = max(number for number, _ in rows)
    assert take_number(series="P", at=UNTIL) == f"P-2026-{int(last[-6:]) + 1:06d}"


def test_old_matters_are_closed_and_some_new_ones_open(world):
    create_history(count=3_000, until=UNTIL, rng=Random(5))

    old = Inquiry.objects.filter(started_at__lt=UNTIL - dt.timedelta(days=90))
    assert set(old.values_list("state", flat=True)) == {InquiryState.CLOSED}
    assert Inquiry.objects.open().exists()


def test_an_inquiry_loaded_in_bulk_gets_its_first_version_before_it_changes(world):
    create_history(count=50, until=UNTIL, rng=Random(5))
    inquiry = Inquiry.objects.filter(state=InquiryState.CLOSED).latest("pk")

    actions.reopen_inquiry(inquiry=inquiry, by=UserFactory(role="specialist"), at=UNTIL)

    reasons = inquiry.history.order_by("history_id").values_list("history_change_reason", flat=True)
    assert list(reasons) == ["finished", "reopened"]


def test_the_same_seed_gives_the_same_history(world):
    def drawn():
        create_history(count=100, until=UNTIL, rng=Random(5))
        return list(Inquiry.objects.order_by("pk").values_list("started_at", "topic", "outcome"))

    first = drawn()
    Inquiry.objects.update(follow_up_of=None)
    Inquiry.objects.all().delete()

    assert drawn() == first


@pytest.mark.parametrize("until", [UNTIL, UNTIL - dt.timedelta(days=2, hours=6)])
def test_some_callbacks_wait_whatever_the_day_and_hour(world, until):
    coordinator = UserFactory(role="coordinator")
    create_history(count=3_000, until=until, rng=Random(5))

    promise_callbacks(at=until)

    waiting = waiting_callbacks(by=coordinator, at=until)
    assert any(one.is_late for one in waiting)
    assert any(not one.is_late for one in waiting)
    assert 2 in {one.tries for one in waiting}
    assert coordinator in {one.inquiry.responsible for one in waiting}


def test_a_client_speaks_the_own_language_and_papers_and_promises_are_for_clients(world):
    russian = ClientFactory(phone="5300 1236", language="ru")
    create_history(count=3_000, until=UNTIL, rng=Random(5))

    spoken = Counter(russian.inquiries.values_list("language", flat=True))
    assert spoken["ru"] > 0.8 * spoken.total()
    nobodys = Inquiry.objects.filter(client=None)
    assert not nobodys.filter(outcome__in=["callback", "access_papers"]).exists()
    assert not Inquiry.objects.in_inbox().exists()


def test_who_is_away_has_a_colleague_do_the_work(world):
    away, substitute = UserFactory(role="specialist"), UserFactory(role="specialist")
    today = timezone.localdate(UNTIL)
    arrange_substitution(
        substitute=substitute,
        substituted=away,
        roles=["specialist"],
        starts_on=today - dt.timedelta(days=2),
        ends_on=today + dt.timedelta(days=2),
        by=None,
        at=UNTIL,
    )
    create_history(count=3_000, until=UNTIL, rng=Random(5))

    since = UNTIL - dt.timedelta(days=1)
    assert Inquiry.objects.filter(agent=away, started_at__lt=since).exists()
    assert not Inquiry.objects.filter(agent=away, started_at__gte=since).exists()
