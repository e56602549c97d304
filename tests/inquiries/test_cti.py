"""The door for telephone exchanges: the generic interface, told in any order and as often as may be."""

import datetime as dt
import itertools
import json
from ipaddress import ip_network

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from zammad_cti import CTIClient

from common.logs import JsonLines
from common.models import Event
from inquiries import actions
from inquiries.models import PhoneCall, PhoneEvent
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import PhoneLineFactory

TOKEN = "sdcti_" + "x" * 43
CALLER = "+37253001234"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counts_of_its_own():
    cache.clear()


@pytest.fixture
def line():
    return PhoneLineFactory(token=TOKEN)


@pytest.fixture
def mari():
    return UserFactory(
        role="specialist", first_name="Mari", last_name="Kask", extension="5902", phone="662 5902"
    )


def tell(client, event, token=TOKEN, **told):
    sent = {
        "event": event,
        "from": "53001234",
        "to": "6625900",
        "direction": "in",
        "callId": "307fa962",
        **told,
    }
    return client.post(
        reverse("inquiries_api:cti", args=[token]),
        json.dumps({name: value for name, value in sent.items() if value is not None}),
        content_type="application/json",
    )


def test_call_is_followed_from_the_first_ring_to_the_end(client, line, mari):
    for event, more in (
        ("newCall", {"queue": "klienditugi"}),
        ("answer", {"answeringNumber": "5902"}),
        ("hangup", {"cause": "normalClearing"}),
    ):
        answer = tell(client, event, **more)
        assert (answer.status_code, answer.json()) == (200, {})

    call = PhoneCall.objects.get()
    assert (call.number, call.agent, call.queue) == (CALLER, mari, "klienditugi")
    assert call.rang_at <= call.answered_at <= call.ended_at
    assert (call.cause, call.is_missed) == ("normalClearing", False)
    assert call.rang_at == call.heard_rang_at


EVENTS = (
    ("newCall", {}),
    ("answer", {"answeringNumber": "5902"}),
    ("hangup", {"cause": "normalClearing", "answeringNumber": "5902"}),
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_events_in_any_order_and_doubled_make_the_same_call(client, line, mari, order):
    for place in [*order, *order]:
        event, more = EVENTS[place]
        assert tell(client, event, **more).json() == {}

    call = PhoneCall.objects.get()
    assert (call.agent, call.is_missed, call.number) == (mari, False, CALLER)
    assert call.answered_at is not None
    assert call.rang_at <= call.answered_at <= call.ended_at
    assert PhoneEvent.objects.count() == 3


def test_call_that_nobody_answered_is_missed_until_the_late_word_of_the_answer(client, line, mari):
    tell(client, "newCall")
    tell(client, "hangup", cause="cancel")
    assert PhoneCall.objects.get().is_missed

    tell(client, "answer", answeringNumber="5902")

    assert not PhoneCall.objects.get().is_missed


def test_call_that_was_passed_on_is_not_missed(client, line):
    tell(client, "newCall")
    tell(client, "hangup", cause="forwarded")

    assert not PhoneCall.objects.get().is_missed


def test_call_that_goes_on_after_it_was_passed_on_ends_with_its_last_leg(client, line, mari):
    jaan = UserFactory(role="specialist", extension="5903")
    tell(client, "answer", answeringNumber="5902")
    tell(client, "hangup", cause="forwarded")
    passed_on_at = PhoneCall.objects.get().ended_at

    tell(client, "answer", answeringNumber="5903")
    tell(client, "hangup", cause="normalClearing")

    call = PhoneCall.objects.get()
    assert (call.agent, call.cause) == (jaan, "normalClearing")
    assert call.ended_at > passed_on_at


def test_outgoing_call_belongs_to_whoever_makes_it_and_is_never_missed(client, line, mari):
    told = {"direction": "out", "from": "6625902", "to": "00372 5300/1234", "user": "Mari Kask"}
    tell(client, "newCall", **told)
    tell(client, "hangup", cause="noAnswer", **told)

    call = PhoneCall.objects.get()
    assert (call.agent, call.number, call.is_missed) == (mari, CALLER, False)
    assert not call.rings.exists()


@pytest.mark.parametrize(
    "who",
    [
        {"answeringNumber": "5902"},
        {"answeringNumber": "+372 662 5902"},
        {"answeringNumber": "mari.kask"},
        {"user": "Mari Kask"},
        {"user": ["kask mari"]},
        {"user[]": ["Mari Kask"]},
        {"caller": "Mari  Kask"},
    ],
)
def test_answering_desk_is_known_by_extension_number_login_or_name(client, line, mari, who):
    mari.username = "mari.kask"
    mari.save()

    tell(client, "answer", **who)

    call = PhoneCall.objects.get()
    assert call.agent == mari
    assert [ring.user for ring in call.rings.all()] == [mari]


def test_two_namesakes_are_nobody(client, line, mari):
    UserFactory(role="specialist", first_name="Mari", last_name="Kask")

    tell(client, "answer", user="Mari Kask")

    assert PhoneCall.objects.get().agent is None


def test_only_those_at_whose_desks_it_rings_are_told(client, line, mari):
    jaan = UserFactory(role="specialist", first_name="Jaan", last_name="Tamm")
    UserFactory(role="specialist", first_name="Olga", last_name="Ivanova")

    tell(client, "newCall", **{"user[]": ["Mari Kask", "Jaan Tamm"]})
    first = {event.to_user_id for event in Event.objects.all()}
    Event.objects.all().delete()
    tell(client, "answer", answeringNumber="5902")

    assert first == {mari.pk, jaan.pk}
    assert {event.to_user_id for event in Event.objects.all()} == {mari.pk, jaan.pk}
    assert {event.kind for event in Event.objects.all()} == {"phone-call"}


@pytest.mark.parametrize("told", ["anonymous", "Anonymous", "", "unknown", None])
def test_withheld_number_is_a_call_without_a_number(client, line, told):
    tell(client, "newCall", **{"from": told})

    assert PhoneCall.objects.get().number == ""


@pytest.mark.parametrize(
    "told",
    [
        "53/00 12-34",
        "00372 5300 1234",
        "sip:+37253001234@10.0.0.1;user=phone",
        "SIPS:53001234@pbx.example",
        '"Mari 5" <sip:53001234@10.0.0.1:5060>',
        "Mari 5 <53001234>",
        "tel:+372-5300-1234",
    ],
)
def test_number_is_read_out_of_whatever_stands_around_it(client, line, told):
    tell(client, "newCall", **{"from": told})

    assert PhoneCall.objects.get().number == CALLER


def test_withheld_number_may_stand_in_an_address(client, line):
    tell(client, "newCall", **{"from": '"Anonymous" <sip:anonymous@anonymous.invalid>'})

    assert PhoneCall.objects.get().number == ""


@pytest.mark.parametrize("name", ["callerId", "caller_id"])
def test_both_spellings_of_the_callers_number_are_read(client, line, name):
    tell(client, "newCall", **{"from": None, name: "53001234"})

    assert PhoneCall.objects.get().number == CALLER


def test_form_says_the_same_as_json(client, line, mari):
    told = {
        "event": "newCall",
        "from": "53001234",
        "to": "6625902",
        "direction": "in",
        "callId": "1",
        "user[]": ["Mari Kask", "Jaan Tamm"],
    }

    answer = client.post(reverse("inquiries_api:cti", args=[TOKEN]), told)

    assert answer.json() == {}
    assert PhoneEvent.objects.get().raw["user"] == ["Mari Kask", "Jaan Tamm"]
    assert [ring.user for ring in PhoneCall.objects.get().rings.all()] == [mari]


def test_blocked_number_is_turned_away_until_its_end(client, line):
    now = timezone.now()
    blocked = actions.block_number(
        number="5300 1234",
        reason="ähvardab",
        ends_at=now + dt.timedelta(days=7),
        by=UserFactory(role="coordinator"),
        at=now,
    )

    turned_away = tell(client, "newCall").json()
    tell(client, "hangup", cause="busy")
    actions.lift_block(blocked=blocked, by=blocked.by, at=timezone.now())
    let_in = tell(client, "newCall", callId="2").json()

    first, second = PhoneCall.objects.order_by("pk")
    assert turned_away == {"action": "reject", "reason": "busy"}
    assert (first.was_turned_away, first.is_missed) == (True, False)
    assert (let_in, second.was_turned_away) == ({}, False)


@pytest.mark.parametrize("token", ["wrong", "x" * 300, "%00", "ä"])
def test_unknown_token_is_a_page_that_is_not_there(client, line, token):
    known = client.get("/api/v1/nothing/here")

    answer = tell(client, "newCall", token=token)

    assert (answer.status_code, known.status_code) == (404, 404)
    assert answer.json()["code"] == "not_found"
    assert not PhoneCall.objects.exists()


def test_closed_line_is_not_there_any_more(client, line):
    actions.close_phone_line(line=line, by=UserFactory(role="administrator"), at=timezone.now())

    assert tell(client, "newCall").status_code == 404


def test_new_token_takes_the_place_of_the_old_one(client, line):
    _line, token = actions.open_phone_line(name=line.name, by=None, at=timezone.now())

    assert tell(client, "newCall").status_code == 404
    assert tell(client, "newCall", token=token).status_code == 200
    line.refresh_from_db()
    assert token not in (line.token_hash, line.beginning)


def test_guessing_tokens_is_slowed_down(client, line):
    answers = [tell(client, "newCall", token=f"guess-{n}").status_code for n in range(32)]

    assert set(answers[:30]) == {404}
    assert answers[-1] == 429


def test_guesses_through_our_proxy_count_by_whom_it_was_called(client, line, settings):
    settings.TRUSTED_PROXIES = [ip_network("10.9.8.7")]

    def guess(number, peer, forwarded):
        return client.post(
            f"/api/v1/cti/guess-{number}",
            {},
            REMOTE_ADDR=peer,
            headers={"X-Forwarded-For": forwarded},
        ).status_code

    through_proxy = {guess(n, "10.9.8.7", f"192.0.2.{n}") for n in range(32)}
    with_header_of_a_stranger = {guess(n, "203.0.113.5", f"192.0.2.{n}") for n in range(32)}

    assert through_proxy == {404}
    assert with_header_of_a_stranger == {404, 429}


def test_flood_from_one_exchange_is_turned_away(client, line, settings):
    settings.CTI_EVENTS_A_MINUTE = 3

    answers = {tell(client, "newCall", callId=str(n)).status_code for n in range(10)}

    assert answers == {200, 429}


@pytest.mark.parametrize(
    "broken",
    [
        {"event": "ringing"},
        {"event": None},
        {"direction": "sideways"},
        {"callId": ""},
        {"callId": "x" * 251},
        {"callId": {"a": 1}},
    ],
)
def test_what_is_no_event_is_said_to_be_none(client, line, broken):
    answer = tell(client, **{"event": "newCall", **broken})

    assert answer.status_code == 422
    assert not PhoneCall.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"event": "newCall", "x": "' + b"y" * 3_000_000 + b'"}', "application/json"),
        (b"event=newCall&x=" + b"y" * 3_000_000, "application/x-www-form-urlencoded"),
        (b"event=newCall" + b"&user[]=a" * 2_000, "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_too_large_is_refused_as_a_problem(client, line, body, content_type):
    answer = client.post(
        reverse("inquiries_api:cti", args=[TOKEN]), body, content_type=content_type
    )

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert not PhoneCall.objects.exists()


@pytest.mark.parametrize("charset", ["nonsense", "windows-1257", "utf-16"])
def test_a_charset_that_is_not_ours_breaks_nothing(client, line, charset):
    body = b"event=newCall&callId=1&direction=in&from=53001234"
    kind = f"application/x-www-form-urlencoded; charset={charset}"

    answer = client.generic("POST", reverse("inquiries_api:cti", args=[TOKEN]), body, kind)

    assert answer.status_code in (200, 400, 422)


def test_two_exchanges_may_give_the_same_id(client, line):
    PhoneLineFactory(token="sdcti_other")

    tell(client, "newCall")
    tell(client, "newCall", token="sdcti_other")

    assert PhoneCall.objects.count() == 2


def test_id_of_250_characters_is_kept_whole(client, line):
    tell(client, "newCall", callId="ä" * 250)
    tell(client, "hangup", callId="ä" * 250)

    assert PhoneCall.objects.get().call_id == "ä" * 250


def test_log_line_of_the_request_holds_no_token(client, line, caplog):
    with caplog.at_level("INFO"):
        tell(client, "newCall")
        tell(client, "newCall", token="sdcti_guess")

    written = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert "api/v1/cti/" in written
    assert TOKEN not in written
    assert "sdcti_guess" not in written


@pytest.mark.django_db(transaction=True)
def test_a_client_written_by_others_works_unchanged_over_a_real_socket(live_server, line, mari):
    exchange = CTIClient(url=f"{live_server.url}/api/v1/cti/{TOKEN}")
    call = {"_from": "anonymous", "to": "6625900", "direction": "in", "call_id": "abc"}

    told = [
        exchange.new_call(**call, user=["Mari Kask", "Jaan Tamm"], queue="klienditugi"),
        exchange.answer(**call, answering_number="5902", user="Mari Kask"),
        exchange.hangup(**call, cause="normalClearing", answering_number="5902"),
    ]

    made = PhoneCall.objects.get()
    assert told == [{}, {}, {}]
    assert (made.agent, made.queue, made.number) == (mari, "klienditugi", "")
    assert made.events.get(kind="newCall").raw["user"] == ["Mari Kask", "Jaan Tamm"]


@pytest.mark.parametrize("count", [1, 3])
def test_event_costs_the_same_however_many_are_on_the_staff(
    client, line, mari, count, django_assert_max_num_queries
):
    UserFactory.create_batch(count * 5, role="specialist")
    tell(client, "newCall", user="Mari Kask")

    with django_assert_max_num_queries(20):
        tell(client, "answer", answeringNumber="5902")
