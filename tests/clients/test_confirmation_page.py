import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from clients import actions
from common.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.clients import EmailFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def url():
    point = EmailFactory(value="mari.maasikas@example.ee", client__language="ru")
    clerk = UserFactory(role="specialist")
    actions.request_contact_confirmation(contact_point=point, by=clerk, at=timezone.now())
    return re.search(r"/clients/confirm/[\w-]+/", OutgoingMail.objects.get().text).group(0)


def test_page_shows_the_masked_address_and_nothing_else_of_the_client(client, url):
    page = client.get(url).content.decode()

    assert "m***@example.ee" in page
    assert "mari.maasikas" not in page
    assert "Kask" not in page
    assert 'lang="ru"' in page


def test_button_confirms_and_the_link_is_used_up(client, url):
    answer = client.post(url)
    again = client.post(url)

    assert (answer.status_code, again.status_code) == (200, 410)
    assert client.get(url).status_code == 410


def test_chosen_language_wins_over_the_clients(client, url):
    client.cookies["django_language"] = "en"

    assert "Do our letters reach you?" in client.get(url).content.decode()


@pytest.mark.parametrize("token", ["x", "a" * 300, "%00", "-_-"])
def test_unknown_link_gets_the_same_page_as_a_used_one(client, token):
    assert client.get(reverse("clients:confirm_email", args=[token])).status_code == 410


def test_expired_link_is_refused(client, url, monkeypatch):
    later = timezone.now() + dt.timedelta(days=8)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert client.get(url).status_code == 410
