"""A list and a board are told how many of the changes concern them."""

import pytest
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.tickets import raised, resolved
from tests.htmx import soup

pytestmark = pytest.mark.django_db
LIST, BOARD = reverse("tickets:list_changed"), reverse("tickets:board_changed")


@pytest.fixture
def me(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def number(answer):
    return int(soup(answer).select_one(".changed-bar span").get_text().split()[0])


def test_what_came_and_what_left_counts_and_what_never_stood_there_does_not(client, me):
    came, left, foreign = resolved(responsible=me), raised(responsible=me), resolved()
    changed = f"{came.pk},{left.pk},{foreign.pk}"

    answer = client.get(LIST, {"list": "deliver", "changed": changed, "shown": f"{left.pk},999"})

    assert number(answer) == 2


def test_nothing_is_said_of_changes_elsewhere(client, me):
    foreign = resolved()

    answer = client.get(LIST, {"list": "deliver", "changed": f"{foreign.pk},x,"})

    assert (answer.status_code, answer.content) == (204, b"")


def test_board_hears_of_its_group_alone(client, me):
    ticket = raised()

    here = client.get(BOARD, {"list": "all", "group": ticket.group_id, "changed": ticket.pk})
    other = client.get(BOARD, {"list": "all", "group": ticket.group_id - 1, "changed": ticket.pk})
    mine = client.get(BOARD, {"list": "mine", "changed": ticket.pk})

    assert (number(here), other.status_code, mine.status_code) == (1, 204, 204)


@pytest.mark.parametrize("count", [1, 3])
def test_question_costs_the_same_for_any_number(client, me, count, django_assert_num_queries):
    ids = ",".join(str(resolved(responsible=me).pk) for _ in range(count))

    with django_assert_num_queries(7):
        client.get(LIST, {"list": "deliver", "changed": ids})
