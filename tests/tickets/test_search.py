"""Tickets are found by their words and by what was said; by notes only by those who read them."""

import pytest

from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN
from tests.factories.tickets import raised, solver_of
from tickets import actions
from tickets.models import Ticket
from tickets.queries import holding_words

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
