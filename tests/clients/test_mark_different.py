import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import AccessEntry, User
from clients import actions
from clients.models import Client, DifferentClients
from clients.queries import find_duplicates
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.htmx import soup
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)


@pytest.fixture
def clerk():
    return UserFactory(role="specialist")


def offered(clerk, **more):
    groups = find_duplicates("phone", by=clerk, **more)
    return [[client.pk for client in group.clients] for group in groups]


def mark(one, other, clerk):
    actions.mark_different(client=one, other=other, by=clerk, at=NOON)


def test_pair_that_is_marked_is_not_offered_again(clerk):
    one, other = (ClientFactory(phone="5300 1234") for _ in range(2))

    mark(other, one, clerk)

    assert offered(clerk) == []
    assert list(AccessEntry.objects.values_list("what", "subject_id").order_by("pk")) == [
        ("client.mark_different", str(one.pk)),
        ("client.mark_different", str(other.pk)),
    ]


def test_pair_is_offered_again_when_the_mark_is_taken_back(clerk):
    one, other = (ClientFactory(phone="5300 1234") for _ in range(2))
    mark(one, other, clerk)

    actions.unmark_different(client=other, other=one, by=clerk, at=NOON)

    assert offered(clerk) == [[one.pk, other.pk]]
    assert AccessEntry.objects.filter(what="client.unmark_different").count() == 2


def test_third_card_keeps_the_group_and_the_pair_in_it_is_told_apart(clerk):
    one, other, third = (ClientFactory(phone="5300 1234") for _ in range(3))
    mark(one, other, clerk)

    (group,) = find_duplicates("phone", by=clerk)

    assert [client.pk for client in group.clients] == [one.pk, other.pk, third.pk]
    assert group.apart == {other.pk}


def test_card_that_is_none_of_the_others_leaves_the_group(clerk):
    one, other, third = (ClientFactory(phone="5300 1234") for _ in range(3))
    mark(one, third, clerk)
    mark(other, third, clerk)

    assert offered(clerk) == [[one.pk, other.pk]]


def test_marked_pairs_do_not_leave_gaps_in_a_page(clerk):
    pairs = [[ClientFactory(phone=f"5300 123{digit}") for _ in range(2)] for digit in range(1, 5)]
    for pair in pairs[:3]:
        mark(*pair, clerk)

    assert offered(clerk, size=1) == [[card.pk for card in pairs[3]]]


def test_card_is_not_different_from_itself(clerk):
    card = ClientFactory()

    with pytest.raises(actions.ClientsNotAlike):
        mark(card, card, clerk)


def test_marked_on_the_page_of_comparing_and_taken_back_on_the_card(client, clerk):
    one, other = (ClientFactory(phone="5300 1234") for _ in range(2))
    client.force_login(clerk)
    compared = soup(client.get(reverse("clients:merge", args=[one.pk, other.pk])))

    card = client.post(compared.select_one("#different-form")["action"]).url
    undo = soup(client.get(card)).select_one("section[aria-labelledby=different-title] form")

    assert DifferentClients.objects.count() == 1
    client.post(undo["action"])
    assert DifferentClients.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_mark_a_pair_at_once_leave_one_mark():
    one, other, clerk = ClientFactory().pk, ClientFactory().pk, UserFactory(role="specialist").pk

    def marking(first, second):
        def run():
            cards = [Client.objects.get(pk=pk) for pk in (first, second)]
            mark(*cards, User.objects.get(pk=clerk))

        return run

    assert at_once(marking(one, other), marking(other, one)) == [None, None]
    assert DifferentClients.objects.count() == 1
    assert AccessEntry.objects.filter(what="client.mark_different").count() == 2
