import datetime as dt

import pytest
from django.urls import reverse

from accounts import actions
from accounts.models import LinePeriod, LineState, User
from accounts.queries import directory, line_at
from common.models import Event
from tests.factories.accounts import UserFactory
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def after(**kwargs):
    return NOON + dt.timedelta(**kwargs)


def set_to(user, state, at=NOON, by="self", reason=""):
    by = user if by == "self" else by
    actions.set_line_state(user=user, state=state, by=by, at=at, reason=reason)


def periods_of(user):
    rows = LinePeriod.objects.filter(user=user).order_by("began_at", "pk")
    return [(row.state, row.began_at, row.ended_at) for row in rows]


def test_each_state_is_kept_with_who_and_when():
    user = UserFactory(role="specialist")

    set_to(user, LineState.READY)
    set_to(user, LineState.BREAK, after(minutes=20))

    assert periods_of(user) == [
        ("ready", NOON, after(minutes=20)),
        ("break", after(minutes=20), None),
    ]
    assert [row.set_by for row in LinePeriod.objects.all()] == [user, user]
    kept = User.objects.get(pk=user.pk)
    assert (kept.line_state, kept.line_since) == ("break", after(minutes=20))


def test_the_same_state_once_more_changes_nothing_and_tells_nobody():
    user = UserFactory(role="specialist")
    set_to(user, LineState.READY)

    set_to(user, LineState.READY, after(minutes=5))

    assert periods_of(user) == [("ready", NOON, None)]
    assert Event.objects.filter(kind="line-changed").count() == 1


def test_a_moment_gone_by_shows_who_was_on_the_line_then():
    early, late = UserFactory(role="specialist"), UserFactory(role="specialist")
    set_to(early, LineState.READY)
    set_to(early, None, after(minutes=42))
    set_to(late, LineState.READY, after(minutes=42))

    assert [period.user for period in line_at(after(minutes=41))] == [early]
    assert [period.user for period in line_at(after(minutes=42))] == [late]


def test_a_colleague_is_corrected_only_with_a_reason_that_is_kept():
    user, coordinator = UserFactory(role="specialist"), UserFactory(role="coordinator")
    set_to(user, LineState.READY)

    with pytest.raises(actions.ReasonNeeded):
        set_to(user, LineState.BREAK, after(minutes=1), by=coordinator, reason="  ")
    set_to(user, LineState.BREAK, after(minutes=1), by=coordinator, reason="läks lõunale")

    period = LinePeriod.objects.under_way().get(user=user)
    assert (period.state, period.set_by, period.reason) == ("break", coordinator, "läks lõunale")
    assert period.is_corrected


def test_away_shows_in_the_directory_and_back_is_ready():
    user = UserFactory(role="specialist", last_seen_at=NOON)

    actions.set_away(user=user, is_away=True, at=NOON)
    away = directory(at=NOON)[0]
    actions.set_away(user=user, is_away=False, at=after(minutes=9))
    back = directory(at=after(minutes=9))[0]

    assert (away.is_present, away.is_ready) == (False, False)
    assert (back.is_present, back.is_ready) == (True, True)
    assert periods_of(user) == [
        ("away", NOON, after(minutes=9)),
        ("ready", after(minutes=9), None),
    ]


def test_somebody_who_takes_no_calls_comes_back_to_no_line():
    user = UserFactory(role="auditor")

    actions.set_away(user=user, is_away=True, at=NOON)
    actions.set_away(user=user, is_away=False, at=after(minutes=9))

    assert User.objects.get(pk=user.pk).line_state == ""
    assert not user.is_away


def test_ready_ones_stand_first_in_the_directory():
    UserFactory(last_name="Aas", role="specialist", last_seen_at=NOON)
    ready = UserFactory(last_name="Õun", role="specialist", last_seen_at=NOON)
    set_to(ready, LineState.READY)

    assert [line.user.last_name for line in directory(at=NOON)] == ["Õun", "Aas"]


def test_signing_out_leaves_the_line():
    user = UserFactory(role="specialist")
    set_to(user, LineState.READY)

    actions.note_sign_out(user=user, at=after(hours=4))

    assert periods_of(user) == [("ready", NOON, after(hours=4))]
    assert User.objects.get(pk=user.pk).line_state == ""


def test_after_a_call_begins_only_from_ready():
    ready, on_break = UserFactory(role="specialist"), UserFactory(role="specialist")
    set_to(ready, LineState.READY)
    set_to(on_break, LineState.BREAK)

    for user in (ready, on_break):
        actions.begin_after_call(user=user, at=after(minutes=3))

    assert [ready.line_state, on_break.line_state] == ["after_call", "break"]
    assert LinePeriod.objects.under_way().get(user=ready).set_by is None


def test_after_a_call_ends_by_itself_at_the_limit_and_not_a_second_before(settings):
    settings.AFTER_CALL_LIMIT_SECONDS = 180
    user = UserFactory(role="specialist", last_seen_at=NOON)
    set_to(user, LineState.READY)
    actions.begin_after_call(user=user, at=NOON)

    assert actions.sweep_line_states(at=after(seconds=179)) == 0
    assert actions.sweep_line_states(at=after(seconds=200)) == 1

    assert periods_of(user)[-1] == ("ready", after(seconds=180), None)


def test_whoever_went_home_left_the_line_when_last_seen():
    gone = UserFactory(role="specialist", last_seen_at=after(hours=2))
    here = UserFactory(role="specialist", last_seen_at=after(hours=6))
    for user in (gone, here):
        set_to(user, LineState.READY)

    assert actions.sweep_line_states(at=after(hours=7)) == 1

    assert periods_of(gone) == [("ready", NOON, after(hours=2))]
    assert periods_of(here) == [("ready", NOON, None)]


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_make_one_period():
    user = UserFactory(role="specialist")

    def ready():
        set_to(User.objects.get(pk=user.pk), LineState.READY)
        return "set"

    def on_break():
        set_to(User.objects.get(pk=user.pk), LineState.BREAK)
        return "set"

    assert at_once(ready, on_break, ready) == ["set"] * 3
    assert LinePeriod.objects.under_way().filter(user=user).count() == 1
    kept = User.objects.get(pk=user.pk).line_state
    assert LinePeriod.objects.under_way().get(user=user).state == kept


def test_the_key_in_the_top_bar_changes_the_state_and_nothing_else(client):
    user = UserFactory(role="specialist")
    client.force_login(user)

    part = client.post(
        reverse("accounts:set_line_state"), {"state": "ready"}, headers={"HX-Request": "true"}
    ).content.decode()

    assert User.objects.get(pk=user.pk).line_state == "ready"
    assert part.strip().startswith("<live-region")
    assert """hx-vals='{"state": "break"}'""" in part
    page = client.get(reverse("accounts:directory")).content.decode()
    assert part.strip().split("csrfmiddlewaretoken")[0][:400] in page


def test_without_scripts_the_page_comes_back_and_not_a_foreign_one(client):
    client.force_login(UserFactory(role="specialist"))
    url = reverse("accounts:set_line_state")

    assert client.post(url, {"state": "ready", "next": "/clients/"}).url == "/clients/"
    assert client.post(url, {"state": "", "next": "https://else.ee/"}).url == "/"
    assert client.post(url, {"state": "asleep"}).status_code == 400


def test_the_coordinator_corrects_a_colleague_and_a_specialist_may_not(client):
    user, coordinator = UserFactory(role="specialist"), UserFactory(role="coordinator")
    set_to(user, LineState.READY)
    url = reverse("accounts:correct_line_state", args=[user.pk])
    sent = {"state": "break", "reason": "lõuna"}

    client.force_login(UserFactory(role="specialist"))
    assert client.post(url, sent).status_code == 403
    client.force_login(coordinator)
    client.post(url, {**sent, "reason": ""})
    assert User.objects.get(pk=user.pk).line_state == "ready"
    client.post(url, sent)

    assert User.objects.get(pk=user.pk).line_state == "break"


def test_the_page_tells_who_was_on_the_line_at_a_moment(client):
    user = UserFactory(role="specialist", last_name="Kuusemäe")
    set_to(user, LineState.READY)
    set_to(user, None, after(hours=1))
    client.force_login(UserFactory(role="coordinator"))
    url = reverse("accounts:line")

    there = client.get(url, {"at": "2026-03-02T14:30"}).content.decode()
    gone = client.get(url, {"at": "2026-03-02T15:30"}).content.decode()

    assert "14:00–15:00" in there
    assert "14:00–15:00" not in gone


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_people(client, django_assert_num_queries, count):
    for user in UserFactory.create_batch(count, role="specialist"):
        set_to(user, LineState.READY)
    client.force_login(UserFactory(role="coordinator"))
    client.get(reverse("accounts:line"))

    with django_assert_num_queries(7):
        client.get(reverse("accounts:line"), {"at": "2026-03-02T14:30"})
