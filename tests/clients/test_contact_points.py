import datetime as dt
import re

import pytest
from django.db import IntegrityError, transaction

from clients import actions
from clients.models import ContactPoint
from clients.phones import PhoneNotValid
from clients.queries import find_clients
from common.actions import LinkNotValid
from common.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory, EmailFactory, PhoneFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def clerk():
    return UserFactory(role="specialist")


def confirmation(point):
    point.refresh_from_db()
    return point.confirmed_at, point.confirmed_how, point.confirmed_by


def mailed_token(point, clerk, at=NOON):
    actions.request_contact_confirmation(contact_point=point, by=clerk, at=at)
    text = OutgoingMail.objects.latest("pk").text
    return re.search(r"/confirm/([\w-]+)/", text).group(1)


def test_added_number_finds_its_client(clerk):
    client = ClientFactory()

    actions.add_contact_point(client=client, kind="phone", value="8400 5555", by=clerk, at=NOON)

    assert [match.client for match in find_clients("84005555", by=clerk)] == [client]


def test_number_is_added_once(clerk):
    client = ClientFactory(phone="84005555")

    with pytest.raises(actions.ContactPointKnown):
        actions.add_contact_point(client=client, kind="phone", value="8400 5555", by=clerk, at=NOON)
    with pytest.raises(PhoneNotValid):
        actions.add_contact_point(client=client, kind="phone", value="jah", by=clerk, at=NOON)

    assert client.contact_points.count() == 1


def test_callback_confirms_a_number(clerk):
    point = PhoneFactory()

    actions.confirm_contact_point(contact_point=point, how="callback", by=clerk, at=NOON)

    assert confirmation(point) == (NOON, "callback", clerk)


def test_changed_number_is_not_confirmed_any_more(clerk):
    point = PhoneFactory(confirmed_at=NOON, confirmed_how="answer", confirmed_by=clerk)

    actions.change_contact_point(
        contact_point=point, value=point.value, note="tööl", by=clerk, at=NOON
    )
    assert confirmation(point) == (NOON, "answer", clerk)

    actions.change_contact_point(contact_point=point, value="8400 7777", by=clerk, at=NOON)
    assert confirmation(point) == (None, "", None)


def test_removed_number_finds_nobody_and_its_versions_stay(clerk):
    client = ClientFactory(phone="84005555")

    actions.remove_contact_point(contact_point=client.contact_points.get(), by=clerk, at=NOON)

    assert find_clients("84005555", by=clerk) == []
    assert ContactPoint.history.filter(client=client, history_type="-").count() == 1


def test_mail_speaks_the_clients_language_and_names_nobody(clerk):
    point = EmailFactory(client__language="ru", client__last_name="Kask")

    mailed_token(point, clerk)

    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language) == (point.value, "ru")
    assert "Kask" not in mail.subject + mail.text


def test_link_confirms_once(clerk):
    point = EmailFactory()
    token = mailed_token(point, clerk)

    assert actions.open_confirmation_link(token=token, at=NOON) == point
    assert confirmation(point) == (None, "", None)
    actions.confirm_by_link(token=token, at=NOON)

    assert confirmation(point) == (NOON, "mail_link", None)
    with pytest.raises(LinkNotValid):
        actions.confirm_by_link(token=token, at=NOON)


def test_link_opens_no_more_after_a_week_a_newer_link_a_change_or_a_removal(clerk):
    point = EmailFactory()
    old, new = mailed_token(point, clerk), mailed_token(point, clerk)
    with pytest.raises(LinkNotValid):
        actions.confirm_by_link(token=old, at=NOON)
    with pytest.raises(LinkNotValid):
        actions.confirm_by_link(token=new, at=NOON + dt.timedelta(days=7))

    actions.change_contact_point(contact_point=point, value="uus@example.ee", by=clerk, at=NOON)
    with pytest.raises(LinkNotValid):
        actions.confirm_by_link(token=new, at=NOON)

    last = mailed_token(point, clerk)
    actions.remove_contact_point(contact_point=point, by=clerk, at=NOON)
    with pytest.raises(LinkNotValid):
        actions.confirm_by_link(token=last, at=NOON)


def test_link_is_not_mailed_to_a_telephone(clerk):
    with pytest.raises(actions.NotAnAddress):
        actions.request_contact_confirmation(contact_point=PhoneFactory(), by=clerk, at=NOON)


def test_link_confirms_the_address_where_its_client_lives_on(clerk):
    kept = ClientFactory(email="mari@example.ee")
    merged = ClientFactory(email="mari@example.ee")
    token = mailed_token(merged.contact_points.get(), clerk)
    actions.merge_clients(kept=kept, merged=merged, by=clerk, at=NOON)

    actions.confirm_by_link(token=token, at=NOON)

    assert confirmation(kept.contact_points.get()) == (NOON, "mail_link", None)


def test_confirmation_has_when_and_how_together():
    with pytest.raises(IntegrityError), transaction.atomic():
        PhoneFactory(confirmed_at=NOON)
