import datetime as dt

import pytest

from accounts.models import AccessEntry
from clients import actions
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
CODE = "37001011004"


@pytest.fixture
def clerk():
    return UserFactory(role="specialist")


def entries():
    return list(AccessEntry.objects.order_by("pk").values_list("what", "subject_id", "reason"))


def test_opening_a_card_is_logged_with_the_inquiry_as_reason(clerk):
    client = ClientFactory()

    actions.open_client(client=client, by=clerk, at=NOON, reason="P-2026-000001")

    assert entries() == [("client.view", str(client.pk), "P-2026-000001")]


def test_revealing_a_code_asks_a_reason_and_is_logged(clerk):
    client = ClientFactory(personal_code=CODE)

    with pytest.raises(actions.ReasonMissing):
        actions.reveal_personal_code(client=client, reason=" ", by=clerk, at=NOON)
    code = actions.reveal_personal_code(client=client, reason="volikiri", by=clerk, at=NOON)

    assert code == CODE
    assert entries() == [("client.reveal_code", str(client.pk), "volikiri")]


def test_search_is_logged_from_three_characters_without_its_text(clerk):
    ClientFactory(last_name="Kask")

    actions.search_clients(text="ka", by=clerk, at=NOON)
    actions.search_clients(text="kask", by=clerk, at=NOON)

    entry = AccessEntry.objects.get()
    assert (entry.what, entry.result_count, entry.subject_id, entry.reason) == (
        "client.search",
        1,
        "",
        "",
    )
