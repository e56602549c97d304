import datetime as dt

import pytest

from accounts.models import User
from clients import actions
from clients.models import Client, ClientMerge
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


def merging(kept, merged, clerk):
    def merge():
        actions.merge_clients(
            kept=Client.objects.get(pk=kept),
            merged=Client.objects.get(pk=merged),
            by=User.objects.get(pk=clerk),
            at=NOON,
        )
        return "merged"

    return merge


def test_two_cards_merged_into_each_other_at_once_are_merged_one_way():
    first, second, clerk = ClientFactory().pk, ClientFactory().pk, UserFactory(role="specialist").pk

    answers = at_once(merging(first, second, clerk), merging(second, first, clerk))

    assert sorted(answers) == ["ClientMerged", "merged"]
    assert ClientMerge.objects.count() == 1
    assert Client.objects.filter(merged_into=None).count() == 1


def test_of_two_saves_at_once_the_later_is_refused():
    client, clerk = ClientFactory().pk, UserFactory(role="specialist").pk

    def saving(name):
        def save():
            actions.change_client(
                client=Client.objects.get(pk=client),
                version=1,
                fields={"last_name": name},
                by=User.objects.get(pk=clerk),
                at=NOON,
            )
            return "saved"

        return save

    assert sorted(at_once(saving("Kask"), saving("Kuusk"))) == ["StaleSave", "saved"]
    assert Client.objects.get().version == 2


def test_of_two_cards_made_at_once_with_one_personal_code_one_is_refused():
    clerk = UserFactory(role="specialist").pk

    def create():
        actions.create_client(
            kind="person",
            last_name="Tamm",
            personal_code="37001011004",
            by=User.objects.get(pk=clerk),
            at=NOON,
        )
        return "made"

    assert sorted(at_once(create, create)) == ["PersonalCodeTaken", "made"]
    assert Client.objects.count() == 1


def test_merge_undone_twice_at_once_is_undone_once():
    clerk = UserFactory(role="specialist")
    merge = actions.merge_clients(kept=ClientFactory(), merged=ClientFactory(), by=clerk, at=NOON)

    def undo():
        actions.undo_merge(
            merge=ClientMerge.objects.get(pk=merge.pk), by=User.objects.get(pk=clerk.pk), at=NOON
        )
        return "undone"

    assert sorted(at_once(undo, undo)) == ["MergeUndone", "undone"]
