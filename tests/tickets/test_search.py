"""Tickets are found by their words and by what was said; by notes only by those who read them."""

import pytest
from django.utils import timezone

from accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.knowledge import TopicFactory
from tests.factories.tickets import raised, solver_of
from tickets import actions
from tickets.models import Ticket, TicketGroup
from tickets.queries import TicketFilters, holding_words, narrowed

pytestmark = pytest.mark.django_db


def found(text, user):
    return list(holding_words(Ticket.objects.visible_to(user), text, by=user))


def test_tier_two_does_not_find_by_notes_of_client_support():
    ticket = raised()
    for kind, text in (("internal", "kliendi vend on ajakirjanik"), ("tier2", "lisan kuvatõmmise")):
        actions.comment_on_ticket(
            ticket=ticket, kind=kind, text=text, by=ticket.responsible, at=MONDAY_TEN
        )
    specialist, solver = UserFactory(role="specialist"), solver_of(ticket.group)

    assert [found("ajakirjanikud", one) for one in (specialist, solver)] == [[ticket], []]
    assert [found("kuvatõmmis", one) for one in (specialist, solver)] == [[ticket], [ticket]]


def test_number_means_its_ticket_alone():
    ticket, other = raised(), raised()
    specialist = UserFactory(role="specialist")

    assert found(ticket.number, specialist) == [ticket]
    assert other not in found(ticket.number.lower(), specialist)


def test_tier_two_does_not_find_by_words_with_the_client():
    ticket = raised()
    actions.ask_client(
        ticket=ticket, text="Tere, Mari Maasikas!", by_mail=False, by=ticket.responsible,
        at=MONDAY_TEN,
    )  # fmt: skip
    specialist, solver = UserFactory(role="specialist"), solver_of(ticket.group)

    assert [found("Maasikas", one) for one in (specialist, solver)] == [[ticket], []]


def test_words_that_many_tickets_hold_find_the_same_by_walking_the_list(monkeypatch):
    """Beyond so many the list is walked: asked of a thousand tickets or of three, the answer is one."""
    both = [raised(summary="Kotkapesa leiukoht on kaardil vale") for _ in range(2)]
    raised(summary="Kompleksloa tähtaeg")
    specialist = UserFactory(role="specialist")
    gathered = found("kotkapesade leiukohad", specialist)
    monkeypatch.setattr("tickets.queries.search.is_held_by_more", lambda held, most: True)

    walked = found("kotkapesade leiukohad", specialist)

    assert sorted(one.pk for one in walked) == sorted(one.pk for one in both)
    assert set(gathered) == set(walked)


def test_number_of_found_tickets_is_that_of_the_rows():
    for _ in range(2):
        raised(summary="Veearuande rida on lukus")
    specialist = UserFactory(role="specialist")
    filters = TicketFilters(text="veearuanne")
    at = timezone.now()

    rows, counted = (
        narrowed(filters, by=specialist, at=at, is_counted=way).count() for way in (False, True)
    )

    assert (rows, counted) == (2, 2)


@pytest.mark.parametrize("by_what", ["group", "topic", "assignee"])
def test_tier_two_filters_by_what_other_groups_have(by_what):
    """Of another group it sees what it works on itself, and only that."""
    own = raised()
    solver = solver_of(own.group)
    topic, elsewhere = TopicFactory(), TicketGroup.objects.exclude(pk=own.group_id).first()
    stranger = UserFactory(role="solver")
    theirs = [raised() for _ in range(2)]
    Ticket.objects.filter(pk__in=[one.pk for one in theirs]).update(
        group=elsewhere, topic=topic, assignee=stranger
    )
    Ticket.objects.filter(pk=theirs[0].pk).update(assignee=solver)
    asked = {"group": elsewhere.pk, "topic": topic.pk, "assignee": stranger.pk}

    rows = narrowed(
        TicketFilters(**{by_what: asked[by_what]}), by=User.objects.get(pk=solver.pk), at=MONDAY_TEN
    )

    assert [one.pk for one in rows] == ([] if by_what == "assignee" else [theirs[0].pk])
