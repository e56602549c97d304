import datetime as dt
import random

import pytest
from django.db.models import Count

from clients.codes import checked_personal_code, has_right_check_digit
from clients.demo import create_clients
from clients.models import Client, ContactPoint
from clients.phones import normal_phone
from clients.queries import find_clients
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def test_demo_clients_are_found_by_name_phone_and_code():
    clerk = UserFactory(role="specialist")
    ids = create_clients(
        count=300, at=NOON, rng=random.Random(7), organisations=[("Kuusiku Mets OÜ", "19999905")]
    )

    organisation = find_clients("19999905", by=clerk)[0].client
    point = ContactPoint.objects.filter(kind="phone").first()
    person = Client.objects.filter(kind="person").first()

    assert len(ids) == Client.objects.count() == 300
    assert organisation.name == "Kuusiku Mets OÜ"
    assert point.client in [match.client for match in find_clients(point.value, by=clerk)]
    assert person in [match.client for match in find_clients(person.name, by=clerk, limit=50)]
    assert person.history.count() == 1


def test_demo_codes_and_numbers_are_well_formed_and_unique():
    create_clients(count=400, at=NOON, rng=random.Random(7), with_versions=False)

    codes = Client.objects.exclude(registry_code="").values_list("registry_code", flat=True)
    hashes = Client.objects.exclude(personal_code_hash="").values_list("personal_code_hash")
    phones = ContactPoint.objects.filter(kind="phone").values_list("value", flat=True)

    assert len(codes) == len(set(codes)) > 50
    assert all(has_right_check_digit(code) and "18" <= code[:2] <= "19" for code in codes)
    people = Client.objects.exclude(personal_code_hash="")
    assert all(checked_personal_code(person.personal_code) for person in people)
    assert hashes.annotate(cards=Count("pk")).filter(cards__gt=1).count() == 0
    assert all(normal_phone(phone) == phone for phone in phones)


def test_more_demo_clients_go_on_where_the_first_ended():
    create_clients(count=50, at=NOON, rng=random.Random(7))
    create_clients(count=50, at=NOON, rng=random.Random(7))
    after = ClientFactory()

    assert Client.objects.count() == 101
    assert after.pk > 100
