import datetime as dt

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from accounts.actions import arrange_substitution
from accounts.models import AccessEntry, Unit
from accounts.roles import ROLES
from tests.factories.accounts import UserFactory
from tests.factories.incoming import IncomingMailFactory, MailboxFactory
from tests.factories.inquiries import InquiryDraftFactory, InquiryFactory, PhoneCallFactory
from tests.factories.knowledge import ArticleVersionFactory, TopicFactory
from tests.factories.registry import RepresentationCheckFactory
from tests.factories.tickets import resolved
from tests.htmx import soup
from workspace.cards import address
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


def test_form_that_was_opened_and_left_untouched_is_not_left_open(now):
    user = UserFactory(role="specialist")
    InquiryDraftFactory(owner=user, typed={"channel": "phone", "language": "et", "question": " "})
    InquiryDraftFactory(owner=user, typed={"channel": "phone", "caller_lookup": "Kuusk"})

    found = card(user, "left-open", now)

    assert [found.count, [line.title for line in found.lines]] == [1, ["Kuusk"]]


def test_substitute_sees_the_colleagues_callbacks_on_the_card_and_in_the_list(client, now):
    user, colleague = UserFactory(role="specialist"), UserFactory(role="specialist")
    inquiry(colleague, callback=True)
    today = timezone.localdate(now)
    arrange_substitution(
        substitute=user,
        substituted=colleague,
        roles=["specialist"],
        starts_on=today,
        ends_on=today,
        by=None,
        at=now,
    )
    client.force_login(user)

    found = card(user, "callbacks", now)

    listed = client.get(found.url).context["waiting"]
    assert [found.count, len(listed)] == [1, 1]


def test_card_with_an_address_that_no_page_has_fails():
    with pytest.raises(NoReverseMatch):
        address("documents:nowhere")


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

    with translation.override("et"):
        found = card(UserFactory(role="solver"), "articles", now)

    assert [line.title for line in found.lines] == ["Raierahu"]


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
def test_my_day_costs_the_same_for_any_number_of_rows(
    client, now, count, django_assert_num_queries
):
    user = UserFactory(role="coordinator")
    for _ in range(count):
        inquiry(user, callback=True)
        inquiry(user, with_unit=True)
        InquiryDraftFactory(owner=user)
        RepresentationCheckFactory(requested_by=user, state="needs_evidence")
        IncomingMailFactory(set_aside=True)
        PhoneCallFactory(agent=user, rang_at=now)
        PhoneCallFactory(missed=True, number="", rang_at=now)
        resolved(responsible=user)
    client.force_login(user)
    client.get(reverse("workspace:my_day"))

    with django_assert_num_queries(17):
        client.get(reverse("workspace:my_day"))


def test_head_of_unit_sees_the_inquiries_of_the_unit_in_a_week(client, now):
    ours = Unit.objects.create(name_et="Metsaosakond")
    recent, old = now - dt.timedelta(days=2), now - dt.timedelta(days=9)
    wanted = inquiry(UserFactory(role="specialist"), owner_unit=ours, started_at=recent)
    inquiry(UserFactory(role="specialist"), owner_unit=ours, started_at=old)
    inquiry(UserFactory(role="specialist"), started_at=recent)
    head = UserFactory(role="unit_head", unit=ours)
    client.force_login(head)

    found = card(head, "unit-week", now)

    assert [found.count, wanted.number in found.lines[0].detail] == [1, True]
    assert [row.pk for row in client.get(found.url).context["page"].rows] == [wanted.pk]


def test_auditor_sees_what_was_logged_in_a_week_by_kind_and_the_list_agrees(client, now):
    auditor = UserFactory(role="auditor")
    for days, what in ((1, "client.view"), (2, "client.view"), (3, "inquiry.export"), (9, "login")):
        at = now - dt.timedelta(days=days)
        AccessEntry.objects.create(at=at, by_id=1, by_name="Mari", what=what)
    client.force_login(auditor)

    found = card(auditor, "logged", now)

    assert [found.count, [line.pill for line in found.lines]] == [3, ["2", "1"]]
    assert len(client.get(found.lines[0].url).context["page"].rows) == 2


def test_auditor_reads_in_words_which_page_was_refused(client, now):
    auditor = UserFactory(role="auditor")
    at = now - dt.timedelta(days=1)
    AccessEntry.objects.create(
        at=at, by_id=1, by_name="Mari", what="authz.denied", reason="GET settings/tokens/"
    )
    client.force_login(auditor)

    found = card(auditor, "refusals", now)

    assert [str(line.detail) for line in found.lines] == ["vaadata: API võtmed"]
    assert "vaadata: API võtmed" in client.get(found.url).content.decode()


def test_who_takes_no_calls_sees_the_topics_that_the_directory_gives_them(now):
    solver = UserFactory(role="solver")
    topic = TopicFactory()
    solver.responsibilities.create(topic_code=topic.code, county="Pärnu")
    TopicFactory()

    found = card(solver, "own-topics", now)

    assert [(line.title, line.detail) for line in found.lines] == [(topic.name(), "Pärnu")]


def test_letters_are_counted_as_the_inbox_counts_them(client, now):
    user = UserFactory(role="specialist")
    today = timezone.localdate(now)
    late, far = today - dt.timedelta(days=3), today + dt.timedelta(days=30)
    for fields in (
        {"in_work": True, "agent": user, "answer_by": late},
        {"in_work": True, "agent": user, "answer_by": far},
        {"in_work": True, "answer_by": far},
        {"received": True, "answer_by": far},
    ):
        InquiryFactory(**fields)
    client.force_login(user)

    mine, unassigned = (card(user, f"letters-{whose}", now) for whose in ("mine", "unassigned"))

    assert [(mine.count, mine.tone), (unassigned.count, unassigned.tone)] == [(2, "bad"), (1, "")]
    for one in (mine, unassigned):
        assert len(client.get(one.url).context["rows"]) == one.count


def test_terms_passed_and_near_are_counted_as_their_lists_count_them(client, now):
    user = UserFactory(role="coordinator")
    today = timezone.localdate(now)
    for days in (-9, -2, 0, 1, 40):
        InquiryFactory(in_work=True, answer_by=today + dt.timedelta(days=days))
    client.force_login(user)

    passed, near = card(user, "terms-passed", now), card(user, "terms-near", now)

    assert [(passed.count, passed.tone), (near.count, near.tone)] == [(2, "bad"), (2, "warn")]
    for one in (passed, near):
        assert len(client.get(one.url).context["lines"]) == one.count


def test_own_letters_due_today_or_late_are_counted_as_the_inbox_counts_them(client, now):
    user = UserFactory(role="specialist")
    today = timezone.localdate(now)
    for days in (-3, 0, 1):
        InquiryFactory(in_work=True, agent=user, answer_by=today + dt.timedelta(days=days))
    InquiryFactory(in_work=True, answer_by=today)
    client.force_login(user)

    due = card(user, "letters-due", now)

    assert [due.count, due.tone, due.lines] == [2, "bad", []]
    assert len(client.get(due.url).context["rows"]) == due.count


def test_own_calls_without_an_inquiry_are_counted_as_their_list_counts_them(client, now):
    user = UserFactory(role="specialist")
    PhoneCallFactory(agent=user, number="", rang_at=now)
    PhoneCallFactory(rang_at=now)
    client.force_login(user)

    with translation.override("en"):
        found = card(user, "calls-unwritten", now)

    assert [found.count, [str(line.title) for line in found.lines]] == [1, ["Withheld number"]]
    assert client.get(found.url).context["count"] == found.count


def test_substituted_colleagues_unwritten_calls_are_among_ones_own(client, now):
    user, colleague = UserFactory(role="specialist"), UserFactory(role="specialist")
    PhoneCallFactory(agent=colleague, rang_at=now)
    today = timezone.localdate(now)
    arrange_substitution(
        substitute=user,
        substituted=colleague,
        roles=["specialist"],
        starts_on=today,
        ends_on=today,
        by=None,
        at=now,
    )
    client.force_login(user)

    found = card(user, "calls-unwritten", now)

    assert [found.count, client.get(found.url).context["count"]] == [1, 1]


def test_missed_calls_are_counted_by_number_as_their_list_counts_them(client, now):
    user = UserFactory(role="specialist")
    for number, minutes in (("+3725300100", 30), ("+3725300100", 20), ("+3725300101", 10)):
        rang = now - dt.timedelta(minutes=minutes)
        PhoneCallFactory(missed=True, number=number, rang_at=rang, ended_at=rang)
    client.force_login(user)

    with translation.override("en"):
        found = card(user, "calls-missed", now)

    assert [line.detail for line in found.lines] == ["rang once", "rang 2 times"]
    assert [found.count, len(client.get(found.url).context["groups"])] == [2, 2]


def test_mail_set_aside_is_shown_to_those_who_keep_the_mailbox(client, now):
    IncomingMailFactory(set_aside=True)
    coordinator = UserFactory(role="coordinator")
    client.force_login(coordinator)

    found = card(coordinator, "set-aside", now)

    assert [found.count, len(client.get(found.url).context["page"].rows)] == [1, 1]
    assert "set-aside" not in keys(UserFactory(role="specialist"), now)


def test_mailbox_that_nobody_reads_is_told_to_those_who_keep_it(now, settings):
    settings.IMAP_URL = "imaps://klienditugi:salajane@imap.example.ee/INBOX"
    coordinator = UserFactory(role="coordinator")
    MailboxFactory(read_at=now)

    assert card(coordinator, "set-aside", now).tone == ""

    later = now + dt.timedelta(minutes=16)
    found = card(coordinator, "set-aside", later)
    assert [found.count, found.tone, len(found.lines)] == [0, "bad", 1]
    assert found.lines[0].url == reverse("inquiries:mailbox")


def test_what_clients_say_is_on_the_rail_of_those_who_may_read_it(client):
    shown = {}
    for role in ("coordinator", "specialist"):
        client.force_login(UserFactory(role=role))
        page = soup(client.get(reverse("workspace:my_day")))
        shown[role] = bool(page.select(f'nav a[href="{reverse("inquiries:satisfaction")}"]'))

    assert shown == {"coordinator": True, "specialist": False}
