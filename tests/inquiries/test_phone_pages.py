"""Pages about calls: what they list is what they count, and each step can be taken back."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEntry
from inquiries import actions
from inquiries.models import BlockedNumber, CallImport, InquiryDraft, PhoneCall, PhoneLine
from inquiries.queries.phone_calls import missed_by_number, missed_calls
from inquiries.queries.phone_line import calls_of_half_hour, half_hours, line_now, totals_of_day
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import (
    CallRecordProfileFactory,
    InquiryFactory,
    PhoneCallFactory,
    PhoneLineFactory,
)
from tests.htmx import soup
from tests.inquiries.test_call_records import file_of

NUMBER, OTHER = "+37253001234", "+37253001235"

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def ago(minutes):
    return timezone.now() - dt.timedelta(minutes=minutes)


def missed(number=NUMBER, minutes=30):
    return PhoneCallFactory(
        missed=True, number=number, rang_at=ago(minutes), ended_at=ago(minutes - 1)
    )


def numbers(agent):
    groups = missed_by_number(by=agent, at=timezone.now())
    return {group.number: group.times for group in groups}


def test_missed_calls_of_a_number_are_one_row_with_the_client_and_how_often(client, agent):
    ClientFactory(first_name="Mari", last_name="Tamm", phone="5300 1234")
    for minutes in (50, 40, 30):
        missed(minutes=minutes)
    missed(OTHER)

    page = client.get(reverse("inquiries:missed_calls")).content.decode()

    assert numbers(agent) == {NUMBER: 3, OTHER: 1}
    assert re.search(r"Mari Tamm</td>\s*<td class=\"n\">3<", page)
    assert AccessEntry.objects.get(what="phone.calls").result_count == 2


@pytest.mark.parametrize("how", ["answered", "called_back", "written_down"])
def test_number_that_reached_us_later_leaves_the_list(agent, how):
    missed(minutes=30)
    if how == "answered":
        PhoneCallFactory(number=NUMBER, rang_at=ago(20))
    elif how == "called_back":
        PhoneCallFactory(number=NUMBER, rang_at=ago(20), direction="out")
    else:
        InquiryFactory(caller_number=NUMBER, started_at=ago(20))

    assert numbers(agent) == {}
    missed(minutes=10)
    assert numbers(agent) == {NUMBER: 1}


def test_call_back_begins_a_contact_for_all_missed_calls_of_the_number(client, agent):
    missed(minutes=40)
    last = missed(minutes=30)

    answer = client.post(reverse("workspace:begin_from_call", args=[last.pk]))

    draft = InquiryDraft.objects.get()
    assert answer.url == reverse("workspace:call_draft", args=[draft.key])
    assert (draft.typed["channel"], draft.typed["caller_number"]) == ("callback", NUMBER)
    assert set(PhoneCall.objects.values_list("contact_key", flat=True)) == {draft.key}
    assert numbers(agent) == {}


def test_number_whose_call_back_was_thrown_away_waits_again(client, agent):
    calls = [PhoneCallFactory(missed=True, number="+37253001234") for _ in range(2)]
    now = timezone.now()
    draft = actions.begin_from_call(call=calls[1], by=agent, at=now)
    assert not missed_calls(by=agent, at=now).exists()

    actions.discard_draft(key=draft.key, by=agent, at=now)
    waits = missed_calls(by=agent, at=now).count()
    again = actions.begin_from_call(call=calls[1], by=agent, at=now)

    assert waits == 2
    assert {call.contact_key for call in PhoneCall.objects.all()} == {again.key}


def test_two_with_the_same_list_do_not_call_the_same_client_back(client, agent):
    call = PhoneCallFactory(missed=True, number="+37253001234")
    jaan = UserFactory(role="specialist", first_name="Jaan", last_name="Tamm")
    draft = actions.begin_from_call(call=call, by=jaan, at=timezone.now())

    answer = client.post(reverse("workspace:begin_from_call", args=[call.pk]), follow=True)

    assert "Jaan Tamm tegeleb selle kõnega juba." in answer.content.decode()
    assert list(InquiryDraft.objects.all()) == [draft]
    call.refresh_from_db()
    assert call.contact_key == draft.key


def test_call_that_was_written_down_meanwhile_is_not_written_down_twice(client, agent):
    inquiry = InquiryFactory()
    call = PhoneCallFactory(contact_key=inquiry.key, linked_how="hand")

    answer = client.post(reverse("workspace:begin_from_call", args=[call.pk]), follow=True)

    assert "See kõne kuulub juba pöördumise juurde." in answer.content.decode()
    assert not InquiryDraft.objects.exists()


def test_how_a_call_went_is_told_in_words(client, agent):
    call = PhoneCallFactory(missed=True, cause="cancel")
    call.events.create(line=call.line, kind="newCall", raw={}, received_at=call.rang_at)

    page = client.get(reverse("inquiries:phone_call", args=[call.pk])).content.decode()

    assert "helistaja loobus" in page
    assert "cancel" not in page
    assert "newCall" not in page


def test_promise_of_a_callback_is_begun_with_the_number(client, agent):
    call = missed()

    client.post(reverse("workspace:begin_from_call", args=[call.pk]), {"wanted": "callback"})

    typed = InquiryDraft.objects.get().typed
    assert (typed["outcome"], typed["callback_number"]) == ("callback", NUMBER)


def test_answered_call_is_written_down_with_its_own_times(client, agent):
    call = PhoneCallFactory(agent=agent, rang_at=ago(30), ended_at=ago(20))

    client.post(reverse("workspace:begin_from_call", args=[call.pk]))
    client.post(reverse("workspace:begin_from_call", args=[call.pk]))

    draft = InquiryDraft.objects.get()
    assert (draft.started_at, draft.ended_at) == (call.answered_at, call.ended_at)


@pytest.mark.parametrize(
    ("cause", "words"), [("cancel", "helistaja loobus"), ("q850-127", "q850-127")]
)
def test_page_of_a_call_says_in_words_how_it_ended(client, cause, words):
    client.force_login(UserFactory(role="coordinator"))
    call = PhoneCallFactory(missed=True, cause=cause)

    page = client.get(reverse("inquiries:phone_call", args=[call.pk])).content.decode()

    assert words in page


def test_setting_a_missed_number_aside_can_be_taken_back(client, agent):
    missed(minutes=40)
    last = missed(minutes=30)

    page = client.post(reverse("inquiries:set_call_aside", args=[last.pk]), follow=True)
    assert numbers(agent) == {}
    key = re.search(r'name="key" value="([\d,]+)"', page.content.decode())[1]
    client.post(reverse("inquiries:take_call_back", args=[last.pk]), {"key": key})

    assert numbers(agent) == {NUMBER: 2}


def test_link_by_hand_and_its_undo(client, agent):
    call = PhoneCallFactory(agent=agent, number=NUMBER, rang_at=ago(30), ended_at=ago(20))
    inquiry = InquiryFactory(agent=agent, caller_number=OTHER, started_at=ago(28))
    page = client.get(reverse("inquiries:phone_call", args=[call.pk])).content.decode()
    assert inquiry.number in page

    client.post(reverse("inquiries:link_call", args=[call.pk]), {"key": inquiry.pk})
    call.refresh_from_db()
    assert call.contact_key == inquiry.key
    shown = client.get(reverse("inquiries:show", args=[inquiry.pk])).content.decode()
    assert reverse("inquiries:phone_call", args=[call.pk]) in shown

    client.post(reverse("inquiries:unlink_call", args=[call.pk]))
    call.refresh_from_db()
    assert (call.contact_key, call.linked_how) == (None, "apart")


def test_list_of_unwritten_calls_counts_what_it_lists(client, agent):
    for minutes in (50, 40, 30):
        PhoneCallFactory(agent=agent, rang_at=ago(minutes), ended_at=ago(minutes - 3))
    PhoneCallFactory(rang_at=ago(20), ended_at=ago(15))

    everyone = client.get(reverse("inquiries:calls_unwritten")).context
    mine = client.get(reverse("inquiries:calls_unwritten"), {"mine": "on"}).context

    assert (everyone["count"], len(everyone["page"].rows)) == (4, 4)
    assert (mine["count"], len(mine["page"].rows)) == (3, 3)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", ["missed_calls", "calls_unwritten", "inquiries_without_call"])
def test_lists_cost_the_same_for_any_length(
    client, agent, page, count, django_assert_max_num_queries
):
    for number in range(count):
        missed(f"+3725300{number:04d}")
        PhoneCallFactory(agent=agent, rang_at=ago(60 + number), ended_at=ago(50))
        InquiryFactory(started_at=ago(20 + number), caller_number="")

    with django_assert_max_num_queries(11):
        client.get(reverse(f"inquiries:{page}"))


@pytest.mark.parametrize("role", ["unit_head", "counter", "auditor", "administrator"])
def test_only_the_desk_sees_calls(client, role):
    client.force_login(UserFactory(role=role))

    assert client.get(reverse("inquiries:missed_calls")).status_code == 403


def test_coordinator_blocks_a_number_and_lifts_the_block(client):
    client.force_login(UserFactory(role="coordinator"))
    page = reverse("inquiries:blocked_numbers")

    wrong = client.post(page, {"number": "12", "reason": "ähvardab", "days": 7})
    client.post(page, {"number": "5300 1234", "reason": "ähvardab", "days": 7})
    blocked = BlockedNumber.objects.get()
    client.post(reverse("inquiries:lift_block", args=[blocked.pk]))

    assert wrong.status_code == 422
    assert blocked.number == NUMBER
    assert not BlockedNumber.objects.in_force(timezone.now()).exists()
    assert AccessEntry.objects.filter(what="phone.blocked").count() == 1


def test_administrator_connects_an_exchange_and_sees_its_address_once(client):
    client.force_login(UserFactory(role="administrator"))
    page = reverse("inquiries:phone_lines")

    told = client.post(page, {"name": "Asterisk"}, follow=False)
    again = client.get(page)

    assert "/api/v1/cti/sdcti_" in told.content.decode()
    assert "/api/v1/cti/" not in again.content.decode()
    assert told.headers["Cache-Control"].count("no-store") == 1
    assert PhoneLine.objects.get().token_hash


def test_coordinator_sends_records_along_and_sees_how_far_they_are(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client.force_login(UserFactory(role="coordinator"))
    line, profile = PhoneLineFactory(), CallRecordProfileFactory(asterisk=True)
    sent = SimpleUploadedFile("Master.csv", file_of("asterisk-cdr").read_bytes())

    answer = client.post(
        reverse("inquiries:call_imports"),
        {"line": line.pk, "profile": profile.pk, "file": sent},
    )

    asked = CallImport.objects.get()
    assert answer.url == reverse("inquiries:call_import", args=[asked.pk])
    assert "Master.csv" in client.get(answer.url).content.decode()
    assert len(list((tmp_path / "call-records").iterdir())) == 1


def test_file_that_fits_no_profile_is_said_and_not_kept(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    client.force_login(UserFactory(role="coordinator"))
    line, profile = PhoneLineFactory(), CallRecordProfileFactory()

    answer = client.post(
        reverse("inquiries:call_imports"),
        {"line": line.pk, "profile": profile.pk, "file": SimpleUploadedFile("a.csv", b"tere")},
    )

    assert answer.status_code == 422
    assert not CallImport.objects.exists()
    assert list((tmp_path / "call-records").iterdir()) == []


def test_line_now_and_the_half_hours_of_the_day_are_their_rows(agent):
    now = timezone.localtime().replace(hour=12, minute=10, second=0, microsecond=0)
    at = now - dt.timedelta(hours=1)
    waiting = PhoneCallFactory(ringing=True, rang_at=now - dt.timedelta(minutes=2))
    talking = PhoneCallFactory(talking=True, rang_at=now - dt.timedelta(minutes=5))
    PhoneCallFactory(rang_at=at, ended_at=at + dt.timedelta(minutes=1))
    PhoneCallFactory(missed=True, rang_at=at, ended_at=at + dt.timedelta(minutes=1))
    PhoneCallFactory(direction="out", rang_at=at, ended_at=at + dt.timedelta(minutes=1))

    line = line_now(by=agent, at=now)
    found = half_hours(now.date(), by=agent)

    assert (line.waiting, line.talking) == ([waiting], [talking])
    assert line.longest_wait_since == waiting.rang_at
    assert [(one.offered, one.answered, one.missed) for one in found] == [
        (2, 1, 1),
        (0, 0, 0),
        (2, 1, 0),
    ]
    for one in found:
        assert one.offered == calls_of_half_hour(one.begins_at, by=agent).count()
    assert totals_of_day(now.date(), by=agent) == {
        "offered": 4,
        "answered": 2,
        "missed": 1,
        "turned_away": 0,
    }


def test_hour_that_comes_twice_in_autumn_is_four_half_hours_and_each_leads_to_its_own_calls(agent):
    summer = dt.datetime(2026, 10, 25, 0, 10, tzinfo=dt.UTC)  # ten past three, and once more
    winter = summer + dt.timedelta(hours=1)
    for moment in (summer, winter, winter):
        PhoneCallFactory(rang_at=moment)

    found = half_hours(dt.date(2026, 10, 25), by=agent)

    assert [(f"{one.begins_at:%H:%M %z}", one.offered) for one in found] == [
        ("03:00 +0300", 1),
        ("03:30 +0300", 0),
        ("03:00 +0200", 2),
    ]
    assert [calls_of_half_hour(one.begins_at, by=agent).count() for one in found] == [1, 0, 2]


def test_lists_of_calls_are_tabs_and_what_narrows_one_is_chips(client, agent):
    client.force_login(agent)

    missed = soup(client.get(reverse("inquiries:missed_calls")))
    unwritten = soup(client.get(reverse("inquiries:calls_unwritten")))

    assert [link["href"] for link in missed.select("nav.tabs a[aria-current]")] == [
        reverse("inquiries:missed_calls")
    ]
    assert not missed.select(".chips")
    assert [link.text for link in unwritten.select("nav.chips a")] == ["Kõigi omad", "Minu omad"]
