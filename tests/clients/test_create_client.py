import datetime as dt

import pytest

from clients import actions
from clients.codes import PersonalCodeNotValid, RegistryCodeNotValid
from clients.emails import EmailNotValid
from clients.models import Client, ContactPoint
from clients.phones import PhoneNotValid
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
CODE = "37001011004"


@pytest.fixture
def clerk():
    return UserFactory(role="specialist")


def create(clerk, **fields):
    fields = {"kind": "person", "first_name": "Jaan", "last_name": "Tamm", **fields}
    return actions.create_client(**fields, by=clerk, at=NOON)


def test_person_is_written_in_one_spelling(clerk):
    client = create(
        clerk,
        first_name="  Mari  Liis ",
        phones=["8400 1234", "+372 84001234"],
        emails=["Mari@Example.EE"],
        pinned_note="Helista pärast lõunat",
    )

    assert (client.name, client.created_by, client.created_at) == ("Mari Liis Tamm", clerk, NOON)
    assert (client.pinned_by, client.pinned_at) == (clerk, NOON)
    assert list(client.contact_points.values_list("kind", "value")) == [
        ("phone", "+37284001234"),
        ("email", "mari@example.ee"),
    ]
    assert client.history.get().history_user == clerk


def test_personal_code_is_encrypted_hashed_and_masked(clerk):
    client = create(clerk, personal_code="370 0101 1004")

    stored = Client.objects.get(pk=client.pk)
    assert (stored.personal_code, stored.code_shown) == (CODE, "37001******")
    assert len(stored.personal_code_hash) == 64
    assert CODE not in str(
        Client.objects.raw("SELECT id, personal_code AS cipher FROM clients_client")[0].cipher
    )


def test_foreigner_keeps_the_identifier_of_the_home_country(clerk):
    client = create(clerk, country="LV", personal_code="32-123 45")

    assert (client.personal_code, client.code_shown) == ("3212345", "32*****")


def test_organisation_may_be_foreign_and_without_code(clerk):
    finn = create(clerk, kind="organisation", name="Metsä Oy", country="FI", foreign_code="FI 1234")
    nameless = create(clerk, kind="organisation", name="Seltsing Mets")

    assert (finn.code_shown, finn.first_name, nameless.code_shown) == ("FI 1234", "", "")


def test_registry_code_with_wrong_check_digit_is_not_refused(clerk):
    client = create(clerk, kind="organisation", name="Mets OÜ", registry_code="1234 1234")

    assert client.registry_code == "12341234"


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"first_name": "", "last_name": " "}, actions.NameMissing),
        ({"personal_code": "37001011005"}, PersonalCodeNotValid),
        ({"personal_code": "12"}, PersonalCodeNotValid),
        ({"kind": "organisation", "name": "A", "registry_code": "123"}, RegistryCodeNotValid),
        ({"kind": "organisation", "name": "A", "registry_code": "21234567"}, RegistryCodeNotValid),
        ({"phones": ["12"]}, PhoneNotValid),
        ({"emails": ["mari@"]}, EmailNotValid),
    ],
)
def test_what_cannot_be_right_is_refused_and_nothing_is_written(clerk, fields, refusal):
    with pytest.raises(refusal):
        create(clerk, **fields)

    assert Client.objects.count() == ContactPoint.objects.count() == 0


def test_second_card_with_the_same_personal_code_is_refused(clerk):
    create(clerk, personal_code=CODE)

    with pytest.raises(actions.PersonalCodeTaken):
        create(clerk, first_name="Juhan", personal_code=CODE)


def test_a_personal_code_counts_with_its_country():
    """Estonia and Lithuania give out codes of one form, with one check digit."""
    by = UserFactory()
    codes = {"personal_code": "37001011004", "by": by, "at": NOON}
    actions.create_client(kind="person", name="Mari Kask", **codes)
    actions.create_client(kind="person", name="Jonas Kazlauskas", country="LT", **codes)

    with pytest.raises(actions.PersonalCodeTaken):
        actions.create_client(kind="person", name="Jonas K", country="LT", **codes)
