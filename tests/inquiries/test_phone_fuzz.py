"""Whatever an exchange sends, or a file of records holds: an answer, and never a fault of ours."""

import io
import json

import pytest
from django.core.cache import cache
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inquiries.call_records import BadRow, Leg, NoCall, Profile, ProfileNotValid, legs_of, rows_of
from inquiries.models import PhoneCall
from inquiries.phone_numbers import known_number
from inquiries.phone_words import EVENTS, Word, WordNotUnderstood, word_of
from tests.factories.inquiries import PhoneLineFactory, seeded

TOKEN = "sdcti_" + "f" * 43
FIELDS = (
    "event", "callId", "call_id", "direction", "from", "to", "user", "user[]", "caller", "queue",
    "answeringNumber", "cause", "callerId", "caller_id",
)  # fmt: skip
PROFILES = ("asterisk-cdr", "asterisk-queue-log", "3cx", "cucm", "zammad")

texts = st.text(max_size=80) | st.sampled_from(
    [*EVENTS, "in", "out", "anonymous", "+37253001234", "5902", "\x00", "\ud800", "1" * 300]
)
values = st.recursive(
    texts
    | st.integers()
    | st.booleans()
    | st.none()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=6,
)
words = st.dictionaries(st.sampled_from(FIELDS) | texts, values, max_size=12)
likely = st.fixed_dictionaries(
    {
        "event": st.sampled_from(EVENTS),
        "direction": st.sampled_from(["in", "out"]),
        "callId": st.text(min_size=1, max_size=250),
        "from": texts,
        "to": texts,
        "user": values,
        "answeringNumber": texts,
        "queue": texts,
        "cause": texts,
    }
)


@given(words | likely | values)
def test_word_is_read_or_refused(told):
    try:
        word = word_of(told)
    except WordNotUnderstood:
        return
    assert isinstance(word, Word)
    assert 0 < len(word.call_id) <= 250
    json.dumps(word.raw, ensure_ascii=False).encode()
    assert "\x00" not in str(word.raw)
    assert word.digest == word_of(told).digest


@given(texts)
def test_number_is_digits_or_nothing(text):
    found = known_number(text)

    assert len(found) <= 32
    assert found == "" or found.removeprefix("+").isdigit()


@pytest.mark.django_db
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(told=likely | words, as_form=st.booleans())
def test_door_answers_whatever_is_sent(client, told, as_form):
    cache.clear()
    line = PhoneLineFactory._meta.model.objects.filter(name="fuzz").first()
    if line is None:
        line = PhoneLineFactory(name="fuzz", token=TOKEN)
    before = PhoneCall.objects.count()
    address = reverse("inquiries_api:cti", args=[TOKEN])

    if as_form:
        plain = {
            name.encode("utf-8", "ignore").decode(): str(value).encode("utf-8", "ignore").decode()
            for name, value in told.items()
        }
        answer = client.post(address, plain)
    else:
        answer = client.post(address, json.dumps(told), content_type="application/json")

    assert answer.status_code in (200, 422)
    if answer.status_code == 422:
        assert PhoneCall.objects.count() == before
    else:
        assert answer.json() == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 900, b'{"event": NaN}', b"1e999"],
)
@pytest.mark.parametrize("content_type", ["application/json", "application/x-www-form-urlencoded"])
def test_door_answers_what_is_no_json_and_no_form(client, body, content_type):
    cache.clear()
    PhoneLineFactory(token=TOKEN)

    answer = client.post(
        reverse("inquiries_api:cti", args=[TOKEN]), body, content_type=content_type
    )

    assert answer.status_code in (400, 422)
    assert not PhoneCall.objects.exists()


def legs_in(content, layout):
    """Every row gives a leg, a reason, or word that it is no call; and each has its line."""
    profile = Profile.of(layout)
    read, numbers = legs_of(profile), []
    for row in rows_of(io.BytesIO(content), profile):
        numbers.append(row.number)
        try:
            if isinstance(row.cells, BadRow):
                raise row.cells
            leg = read(row.cells)
        except (BadRow, NoCall):
            continue
        assert isinstance(leg, Leg)
        assert leg.call_id
        assert len(leg.leg) <= 250
        assert leg.at.tzinfo is not None
        if leg.rang_at and leg.ended_at:
            assert leg.rang_at <= leg.ended_at
    assert numbers == sorted(set(numbers))


cells = st.sampled_from(
    [
        "", "0", "1", "in", "out", "newCall", "hangup", "5902", "53001234", "anonymous", "ANSWERED",
        "2026-11-16 10:00:00", "2026/11/16 10:00:00", "2026-03-29 03:30:00", "0001-01-01 00:00:00",
        "9999-12-31 23:59:59", "1794816000", "99999999999", "-1", "PJSIP/5902-1", "CONNECT",
        "ENTERQUEUE", "COMPLETEAGENT", "²", "١٢٣",
    ]
) | st.text(max_size=20)  # fmt: skip
rows = st.lists(st.lists(cells, max_size=30), max_size=8)


@pytest.mark.parametrize("code", PROFILES)
@settings(max_examples=150, deadline=None)
@given(table=rows, quotes=st.booleans())
def test_rows_of_likely_cells_are_read_or_set_aside(code, table, quotes):
    layout = seeded(code)
    mark = '"' if quotes else ""
    lines = [layout["delimiter"].join(f"{mark}{cell}{mark}" for cell in row) for row in table]
    if layout["header_lines"]:
        head = list(layout.get("keep", ()))  # without these no row is a call
        for name in layout["fields"].values():
            head += name.replace("+", "|").split("|")
        lines = [layout["delimiter"].join(head)] * layout["header_lines"] + lines

    legs_in("\n".join(lines).encode("utf-8", "ignore"), layout)


@pytest.mark.parametrize("code", ["asterisk-cdr", "asterisk-queue-log", "3cx"])
@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=400))
def test_bytes_are_read_or_set_aside(code, content):
    legs_in(content, seeded(code))


@pytest.mark.parametrize("code", PROFILES)
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_layout_is_a_profile_or_is_refused(code, data):
    layout = dict(seeded(code))
    name = data.draw(st.sampled_from([*layout, "keep", "answered", "causes", "internal_digits"]))
    layout[name] = data.draw(values)

    try:
        profile = Profile.of(layout)
    except ProfileNotValid:
        return
    assert isinstance(profile, Profile)
