import datetime as dt

import pytest
from django.urls import reverse

from common import actions
from common.queries import others_present
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.two_processes import at_once

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def after(seconds):
    return NOON + dt.timedelta(seconds=seconds)


def test_colleague_is_seen_since_when_and_oneself_is_not():
    about, mari, jaan = ClientFactory(), UserFactory(), UserFactory()
    for seconds in (0, 15, 30):
        actions.note_presence(about=about, by=mari, at=after(seconds))
    actions.note_presence(about=about, by=jaan, at=after(30))

    [seen] = others_present(about, jaan, after(40))

    assert (seen.user, seen.since, seen.seen_at) == (mari, NOON, after(30))


def test_who_fell_silent_is_gone_and_begins_anew():
    about, mari, jaan = ClientFactory(), UserFactory(), UserFactory()
    actions.note_presence(about=about, by=mari, at=NOON)

    assert not others_present(about, jaan, after(46))
    assert actions.note_presence(about=about, by=mari, at=after(600)).since == after(600)


def test_word_that_comes_late_does_not_turn_time_back():
    about, mari = ClientFactory(), UserFactory()
    actions.note_presence(about=about, by=mari, at=after(15))

    assert actions.note_presence(about=about, by=mari, at=NOON).seen_at == after(15)


def test_open_page_hears_who_else_is_there(client):
    about, mari, jaan = (
        ClientFactory(),
        UserFactory(role="specialist"),
        UserFactory(role="specialist"),
    )
    asked = {"type": "clients.client", "id": about.pk}
    client.force_login(mari)
    client.post(reverse("common:presence"), asked)
    client.force_login(jaan)

    page = client.post(reverse("common:presence"), asked).content.decode()

    assert str(mari) in page
    assert str(jaan) not in page
    assert '{"type": "clients.client", "id": "%s"}' % about.pk in page  # noqa: UP031


@pytest.mark.parametrize(
    ("label", "pk"),
    [("clients.client", "x"), ("clients.client", "0"), ("common.event", "1"), ("x", "1"), ("", "")],
)
def test_nobody_is_present_at_what_cannot_be_seen(client, label, pk):
    client.force_login(UserFactory(role="specialist"))

    answer = client.post(reverse("common:presence"), {"type": label, "id": pk})

    assert answer.status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_pages_of_one_person_are_one_presence():
    about, mari = ClientFactory(), UserFactory()

    def note():
        return actions.note_presence(about=about, by=mari, at=NOON).pk

    first, second = at_once(note, note)

    assert first == second
