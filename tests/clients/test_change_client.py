import datetime as dt

import pytest

from clients import actions
from clients.codes import PersonalCodeNotValid
from clients.queries import find_clients
from common.models import StaleSave
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
CODE = "37001011004"


@pytest.fixture
def clerk():
    return UserFactory(role="specialist")


def change(client, clerk, version=1, **fields):
    return actions.change_client(client=client, version=version, fields=fields, by=clerk, at=NOON)


def test_changed_client_is_found_by_the_new_name_and_no_more_by_the_old(clerk):
    client = ClientFactory(last_name="Kask")

    changed = change(client, clerk, last_name="Kuusk", language="ru")

    assert (changed.name, changed.language, changed.version) == ("Kadri Kuusk", "ru", 2)
    assert [match.client for match in find_clients("kuusk", by=clerk)] == [client]
    assert find_clients("kask", by=clerk) == []
    assert (changed.history.count(), changed.history.first().history_user) == (2, clerk)


def test_stale_save_is_refused_with_both_texts(clerk):
    client = ClientFactory(last_name="Kask")
    change(client, clerk, last_name="Kuusk")

    with pytest.raises(StaleSave) as refused:
        change(client, clerk, version=1, last_name="Mänd", personal_code=CODE)

    [difference] = refused.value.differences
    assert (difference.theirs, difference.mine) == ("Kuusk", "Mänd")
    client.refresh_from_db()
    assert (client.last_name, client.version) == ("Kuusk", 2)


def test_merged_card_is_changed_no_more(clerk):
    client = ClientFactory(merged_into=ClientFactory())

    with pytest.raises(actions.ClientMerged):
        change(client, clerk, last_name="Kuusk")


def test_personal_code_that_is_not_named_stays(clerk):
    client = actions.create_client(
        kind="person", first_name="Jaan", last_name="Tamm", personal_code=CODE, by=clerk, at=NOON
    )

    assert change(client, clerk, last_name="Kask").personal_code == CODE


def test_note_is_pinned_with_who_and_when_and_taken_away(clerk):
    client = ClientFactory()

    pinned = actions.pin_note(client=client, text=" Helistada ", version=1, by=clerk, at=NOON)
    removed = actions.pin_note(client=client, text="", version=2, by=clerk, at=NOON)

    assert (pinned.pinned_note, pinned.pinned_by, pinned.pinned_at) == ("Helistada", clerk, NOON)
    assert (removed.pinned_note, removed.pinned_by, removed.pinned_at) == ("", None, None)


def test_code_is_judged_by_the_country_that_the_card_then_has(clerk):
    foreign = actions.create_client(
        kind="person", name="Jonas", country="LV", personal_code="32673-12345", by=clerk, at=NOON
    )
    actions.create_client(kind="person", name="Mari", personal_code=CODE, by=clerk, at=NOON)
    same = actions.create_client(
        kind="person", name="Mari K", country="LT", personal_code=CODE, by=clerk, at=NOON
    )

    with pytest.raises(PersonalCodeNotValid):
        change(foreign, clerk, country="EE")
    with pytest.raises(actions.PersonalCodeTaken):
        change(same, clerk, country="EE")
