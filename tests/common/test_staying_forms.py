"""A form that our script sends is told where to go on, and what was sent twice is done once."""

import runpy

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.filebased import FileBasedCache
from django.urls import reverse
from redis.exceptions import ConnectionError as RedisConnectionError

from clients.models import Client
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
TYPED = {
    "first_name": "Mari",
    "last_name": "Ünnapuu",
    "language": "et",
    "country": "EE",
    "anyway": "1",
}


@pytest.fixture(autouse=True)
def _no_tries_of_others():
    cache.clear()


@pytest.fixture
def new_client(client):
    client.force_login(UserFactory(role="specialist"))

    def send(name="a", **headers):
        sent = {"X-Form-Sent": name} if name else {}
        return client.post(reverse("clients:new", args=["person"]), TYPED, headers=sent | headers)

    return send


def made():
    return Client.objects.filter(last_name="Ünnapuu").count()


def test_script_is_told_where_to_go_on_instead_of_led_there(new_client):
    answer = new_client()

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["X-Goes-To"] == reverse("clients:card", args=[Client.objects.latest("pk").pk])
    assert "Location" not in answer.headers


def test_without_the_script_a_form_goes_as_every_form_does(new_client):
    assert new_client(name="").status_code == 302


def test_same_try_again_is_told_the_same_and_done_once(new_client):
    first, second = new_client(), new_client()

    assert first["X-Goes-To"] == second["X-Goes-To"]
    assert made() == 1


def test_another_try_is_done_anew(new_client):
    new_client("a")
    new_client("b")

    assert made() == 2


def test_same_name_of_somebody_else_is_another_try(new_client, client):
    new_client()
    client.force_login(UserFactory(role="specialist"))
    new_client()

    assert made() == 2


def test_try_that_is_still_under_way_is_not_begun_again(new_client, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *_args, **_options: False)

    answer = new_client()

    assert answer.status_code == 503
    assert made() == 0


def test_what_was_refused_may_be_sent_again_under_the_same_name(client):
    client.force_login(UserFactory(role="specialist"))
    where, named = reverse("clients:new", args=["person"]), {"X-Form-Sent": "a"}
    refused = client.post(where, TYPED | {"country": "?"}, headers=named)

    answer = client.post(where, TYPED, headers=named)

    assert (refused.status_code, answer.status_code) == (422, 204)
    assert made() == 1


def test_ended_session_is_said_and_leads_nowhere(client):
    where = reverse("clients:new", args=["person"])

    answer = client.post(where, TYPED, headers={"X-Form-Sent": "a", "Sec-Fetch-Mode": "cors"})

    assert answer.status_code == 401
    assert "X-Goes-To" not in answer.headers


@pytest.mark.parametrize("away", ["add", "set"])
def test_cache_that_is_away_costs_no_form(new_client, monkeypatch, away):
    def fail(*_args, **_options):
        raise RedisConnectionError

    monkeypatch.setattr(cache, away, fail)

    answer = new_client()

    assert answer.status_code == 204
    assert made() == 1


def test_page_that_somebody_else_had_opened_is_not_sent_in_my_name(new_client):
    before = UserFactory(role="specialist")

    answer = new_client(**{"X-Form-Opened-By": str(before.pk)})

    assert answer.status_code == 401
    assert made() == 0


def test_what_saves_itself_is_not_saved_in_somebody_elses_name(client):
    before, now = UserFactory(role="specialist"), UserFactory(role="specialist")
    client.force_login(now)
    where = reverse("clients:new", args=["person"])

    refused = client.post(where, TYPED, headers={"X-Form-Opened-By": str(before.pk)})
    taken = client.post(where, TYPED, headers={"X-Form-Opened-By": str(now.pk)})

    assert (refused.status_code, taken.status_code) == (401, 302)
    assert made() == 1


def test_page_that_i_opened_is_sent_though_i_signed_in_anew(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    where = reverse("clients:new", args=["person"])

    answer = client.post(
        where, TYPED, headers={"X-Form-Sent": "a", "X-Form-Opened-By": str(user.pk)}
    )

    assert answer.status_code == 204
    assert made() == 1


def test_house_without_redis_remembers_more_tries_than_a_quarter_of_an_hour_brings(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("REDIS_URL", "")
    said = runpy.run_path(settings.BASE_DIR / "servicedesk" / "settings.py")["CACHES"]["default"]
    kept = FileBasedCache(str(tmp_path), said)

    for number in range(400):
        kept.set(f"form:{number}", "/", timeout=900)

    assert all(kept.get(f"form:{number}") for number in range(400))
