import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry, Unit
from accounts.roles import ROLES
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import InquiryDraftFactory, InquiryFactory
from tests.factories.knowledge import ArticleVersionFactory, TopicFactory
from tests.factories.registry import RepresentationCheckFactory
from tests.htmx import soup
from workspace.queries.my_day import OFFERS, cards_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def card(user, key, at):
    return next(card for card in cards_for(user, at) if card.key == key)


def keys(user, at):
    return [card.key for card in cards_for(user, at)]


def inquiry(agent, **more):
    return InquiryFactory(agent=agent, topic=TopicFactory(), main_topic=None, **more)


def test_specialist_sees_own_drafts_and_nobody_elses(now):
    user = UserFactory(role="specialist")
    InquiryDraftFactory(owner=user, typed={"question": "Kas tohib raiuda?"})
    InquiryDraftFactory(owner=user, discarded_at=now)
    InquiryDraftFactory()

    found = card(user, "left-open", now)

    assert [found.count, [line.title for line in found.lines]] == [1, ["Kas tohib raiuda?"]]


def test_late_callback_is_told_apart_from_one_that_is_due_later(now):
    user = UserFactory(role="specialist")
    late = inquiry(user, callback=True, callback_due_at=now - dt.timedelta(hours=1))
    inquiry(user, callback=True, callback_due_at=now + dt.timedelta(hours=1))

    found = card(user, "callbacks", now)

    assert [found.count, found.tone, [line.tone for line in found.lines]] == [2, "bad", ["bad", ""]]
    assert late.number in found.lines[0].detail


def test_specialist_sees_own_callbacks_and_coordinator_everybodys(now):
    inquiry(UserFactory(role="specialist"), callback=True)

    assert card(UserFactory(role="specialist"), "callbacks", now).count == 0
    assert card(UserFactory(role="coordinator"), "callbacks", now).count == 1


def test_head_of_unit_sees_what_was_forwarded_to_the_unit_and_no_other(now):
    ours, other = (
        Unit.objects.create(name_et="Metsaosakond"),
        Unit.objects.create(name_et="Veeosakond"),
    )
    for unit in (ours, other):
        inquiry(UserFactory(role="specialist"), with_unit=True, owner_unit=unit)

    found = card(UserFactory(role="unit_head", unit=ours), "with-unit", now)

    assert found.count == 1


def test_checks_that_wait_for_a_person_are_shown_to_whoever_asked(now):
    user = UserFactory(role="specialist")
    waiting = {"state": "needs_evidence"}
    RepresentationCheckFactory(requested_by=user, **waiting)
    RepresentationCheckFactory(requested_by=UserFactory(role="specialist"), **waiting)

    assert card(user, "checks", now).count == 1
    assert card(UserFactory(role="coordinator"), "checks", now).count == 2


def test_new_wording_in_the_readers_language_is_news_for_two_weeks(now):
    today = timezone.localdate(now)
    ArticleVersionFactory(title="Raierahu", valid_from=today)
    ArticleVersionFactory(title="Homne", valid_from=today + dt.timedelta(days=1))
    ArticleVersionFactory(title="Vana", valid_from=today - dt.timedelta(days=30))
    ArticleVersionFactory(title="Felling", language="en", valid_from=today)

    assert [line.title for line in card(UserFactory(role="solver"), "articles", now).lines] == [
        "Raierahu"
    ]


def test_auditor_sees_how_often_codes_were_shown(now):
    AccessEntry.objects.create(at=now, by_id=1, by_name="Mari", what="client.reveal_code")

    assert card(UserFactory(role="auditor"), "codes-revealed", now).count == 1


def test_administrator_sees_accounts_that_may_do_nothing(now):
    UserFactory(first_name="Rollita", last_name="Inimene")

    found = card(UserFactory(role="administrator"), "without-role", now)

    assert [line.title for line in found.lines] == ["Rollita Inimene"]


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_something_on_its_day(role, now):
    assert keys(UserFactory(role=role), now)


def test_each_card_asks_for_a_permission_that_some_role_holds():
    held = {name for role in ROLES.values() for name in role.permissions}

    assert {offer.permission for offer in OFFERS} <= held


@pytest.mark.parametrize("role", ROLES)
def test_every_number_leads_to_its_rows(client, role, now):
    user = UserFactory(role=role)
    inquiry(user, callback=True)
    client.force_login(user)

    page = soup(client.get(reverse("workspace:my_day")))

    for tile in page.select("a.tile"):
        where = tile["href"]
        if where.startswith("#"):
            assert page.select_one(where)
        else:
            assert client.get(where).status_code == 200, where


@pytest.mark.parametrize("count", [1, 3])
def test_my_day_costs_the_same_for_any_number_of_rows(client, count, django_assert_num_queries):
    user = UserFactory(role="coordinator")
    for _ in range(count):
        inquiry(user, callback=True)
        inquiry(user, with_unit=True)
        InquiryDraftFactory(owner=user)
        RepresentationCheckFactory(requested_by=user, state="needs_evidence")
    client.force_login(user)
    client.get(reverse("workspace:my_day"))

    with django_assert_num_queries(15):
        client.get(reverse("workspace:my_day"))
