import datetime as dt

import pytest

from clients import actions
from clients.models import ClientMerge, ContactPoint
from clients.queries import find_clients
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
CODE = "37001011004"


@pytest.fixture
def clerk():
    return UserFactory(role="coordinator")


def merge(kept, merged, clerk, **choice):
    return actions.merge_clients(kept=kept, merged=merged, by=clerk, at=NOON, **choice)


def state_of(*clients):
    """All that a merge may touch, but for versions."""
    for client in clients:
        client.refresh_from_db()
    return [
        (
            client.name,
            client.personal_code,
            client.language,
            client.pinned_note,
            client.merged_into_id,
            sorted(client.contact_points.values_list("kind", "value")),
            sorted(client.keys.values_list("kind", "key", "words")),
        )
        for client in clients
    ]


@pytest.fixture
def pair(clerk):
    kept = ClientFactory(last_name="Kask", phone="84001111", email="mari@example.ee")
    merged = actions.create_client(
        kind="person",
        first_name="Kadri",
        last_name="Kuusk",
        personal_code=CODE,
        language="ru",
        pinned_note="Helistada",
        phones=["84001111", "84002222"],
        by=clerk,
        at=NOON,
    )
    return kept, merged


def test_kept_card_takes_what_was_chosen_and_all_contacts(clerk, pair):
    kept, merged = pair

    merge(kept, merged, clerk, take={"code", "language"})

    kept.refresh_from_db()
    assert (kept.name, kept.personal_code, kept.language) == ("Kadri Kask", CODE, "ru")
    assert kept.pinned_note == ""
    assert set(kept.contact_points.values_list("value", flat=True)) == {
        "+37284001111",
        "+37284002222",
        "mari@example.ee",
    }


@pytest.mark.parametrize("typed", ["kuusk", "kask", "84002222", CODE])
def test_kept_card_is_found_by_all_that_either_was_found_by(clerk, pair, typed):
    kept, merged = pair

    merge(kept, merged, clerk)

    assert [match.client for match in find_clients(typed, by=clerk)] == [kept]


def test_opened_merged_card_is_the_kept_one(clerk, pair):
    kept, merged = pair
    merge(kept, merged, clerk)
    merged.refresh_from_db()

    assert actions.open_client(client=merged, by=clerk, at=NOON) == kept


def test_undone_merge_leaves_all_as_it_was(clerk, pair):
    kept, merged = pair
    before = state_of(kept, merged)
    done = merge(kept, merged, clerk, take={"name", "code", "language", "pinned_note"})

    actions.undo_merge(merge=done, by=clerk, at=NOON)

    assert state_of(kept, merged) == before


def test_undo_keeps_what_was_changed_after_the_merge(clerk, pair):
    kept, merged = pair
    done = merge(kept, merged, clerk, take={"name", "language"})
    kept.refresh_from_db()
    actions.change_client(
        client=kept, version=kept.version, fields={"last_name": "Mänd"}, by=clerk, at=NOON
    )
    ContactPoint.objects.get(value="+37284002222").delete()

    actions.undo_merge(merge=done, by=clerk, at=NOON)

    kept.refresh_from_db()
    assert (kept.name, kept.language) == ("Kadri Mänd", "et")
    assert list(merged.contact_points.values_list("value", flat=True)) == ["+37284001111"]


def test_merges_in_a_row_are_undone_from_the_last(clerk):
    first, second, third = ClientFactory.create_batch(3)
    before = state_of(first, second, third)
    inner = merge(second, third, clerk)
    outer = merge(first, second, clerk)
    assert len(find_clients(third.last_name, by=clerk)) == 1

    with pytest.raises(actions.KeptClientMerged):
        actions.undo_merge(merge=inner, by=clerk, at=NOON)
    actions.undo_merge(merge=outer, by=clerk, at=NOON)
    actions.undo_merge(merge=inner, by=clerk, at=NOON)

    assert state_of(first, second, third) == before
    with pytest.raises(actions.MergeUndone):
        actions.undo_merge(merge=inner, by=clerk, at=NOON)


def test_person_and_organisation_are_never_one(clerk):
    person, organisation = ClientFactory(), ClientFactory(organisation=True)

    with pytest.raises(actions.ClientsNotAlike):
        merge(person, organisation, clerk)
    with pytest.raises(actions.ClientsNotAlike):
        merge(person, person, clerk)

    assert ClientMerge.objects.count() == 0


def test_merged_card_is_merged_no_further(clerk, pair):
    kept, merged = pair
    merge(kept, merged, clerk)

    with pytest.raises(actions.ClientMerged):
        merge(ClientFactory(), merged, clerk)
    with pytest.raises(actions.ClientMerged):
        merge(merged, ClientFactory(), clerk)


def test_confirmation_of_the_merged_cards_number_holds_for_the_kept_one(clerk, pair):
    kept, merged = pair
    twin = merged.contact_points.get(value="+37284001111")
    actions.confirm_contact_point(contact_point=twin, how="callback", by=clerk, at=NOON)

    merge(kept, merged, clerk)

    assert kept.contact_points.get(value="+37284001111").confirmed_how == "callback"


def test_merges_into_one_card_may_be_undone_in_either_order(clerk):
    kept = ClientFactory(first_name="Mari", last_name="Kask")
    others = [
        actions.create_client(kind="person", name=name, personal_code=code, by=clerk, at=NOON)
        for name, code in (("Kadri Kuusk", CODE), ("Anu Proov", "47001011016"))
    ]
    before = state_of(kept, *others)
    merges = [merge(kept, other, clerk, take=["name", "code"]) for other in others]

    for done in merges:
        actions.undo_merge(merge=done, by=clerk, at=NOON)

    assert state_of(kept, *others) == before
