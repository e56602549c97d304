"""A ticket goes on in another one of its client: nothing moves, and nothing is lost."""

import datetime as dt

import pytest

from common.models import OutgoingMail, StaleSave
from common.states import MoveNotAllowed
from inquiries.models import Inquiry, Letter
from tests.documents.mails import filed, replied
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory
from tests.factories.tickets import TicketFactory, raised, resolved
from tests.tickets.jira.outbox import jira_site
from tickets import actions
from tickets.clocks_of import readings_of
from tickets.models import JiraCall, JiraProject, Ticket, TicketMerge
from tickets.queries import watched_news

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
CLIENT = "Klient <klient@example.ee>"


def version_of(ticket):
    return Ticket.objects.get(pk=ticket.pk).version


def state_of(ticket):
    return Ticket.objects.get(pk=ticket.pk).state


def merged(ticket, into, at=MONDAY_TEN + 2 * HOUR, **more):
    words = {"version": version_of(ticket), "reason": "sama viga", "by": ticket.responsible} | more
    return actions.merge_tickets(ticket=ticket, into=into, at=at, **words)


def test_it_ends_and_says_where_it_went():
    client = ClientFactory()
    ticket, into = raised(client=client), raised(client=client)

    merged(ticket, into)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.merged_into, ticket.due_at) == ("merged", into, None)
    event = ticket.events.get(what="merge")
    assert (event.parameters, event.reason) == ({"number": into.number}, "sama viga")
    assert into.events.get(what="merged_in").parameters == {"number": ticket.number}
    later = readings_of(ticket, MONDAY_TEN + 30 * DAY)
    assert not any(one.is_counting for one in later.values())


def test_tickets_of_two_clients_are_not_merged_but_one_without_a_client_may_be():
    ticket, other, nobodys = (
        raised(client=ClientFactory()),
        raised(client=ClientFactory()),
        raised(),
    )

    with pytest.raises(actions.OtherClient):
        merged(ticket, other)
    with pytest.raises(actions.OtherClient):
        merged(ticket, nobodys)
    merged(nobodys, ticket)

    assert state_of(nobodys) == "merged"


def test_what_is_refused_changes_nothing():
    ticket, part, draft = raised(), raised(), TicketFactory()
    told = actions.deliver_solution(
        ticket=(done := resolved()), version=version_of(done), channel="phone", text="Ütlesin.",
        by=done.responsible, at=MONDAY_TEN + 2 * HOUR,
    )  # fmt: skip
    actions.make_part_of(
        ticket=part, whole=ticket, version=part.version, by=part.responsible, at=MONDAY_TEN
    )
    other = raised()

    for why, arguments in (
        (actions.SameTicket, {"ticket": other, "into": other}),
        (actions.CannotTakeIn, {"ticket": other, "into": told}),
        (actions.HasParts, {"ticket": ticket, "into": other}),
        (MoveNotAllowed, {"ticket": draft, "into": other}),
        (actions.ReasonMissing, {"ticket": other, "into": part, "reason": " "}),
        (StaleSave, {"ticket": other, "into": part, "version": 9}),
    ):
        with pytest.raises(why):
            merged(**arguments)

    assert not TicketMerge.objects.exists()
    assert state_of(other) == "raised"


def with_inquiry(client, specialist):
    inquiry = InquiryFactory(client=client, agent=specialist, responsible=specialist)
    return raised(client=client, inquiry=inquiry, responsible=specialist)


def test_both_inquiries_are_solved_when_the_client_is_told():
    client, specialist = ClientFactory(), UserFactory(role="specialist")
    ticket, into = with_inquiry(client, specialist), with_inquiry(client, specialist)
    merged(ticket, into)
    assert set(Inquiry.objects.values_list("state", flat=True)) == {"with_tier2"}
    actions.resolve_ticket(ticket=into, solution="Maas.", by=specialist, at=MONDAY_TEN + 3 * HOUR)

    actions.deliver_solution(
        ticket=into, version=version_of(into), channel="phone", text="Ütlesin.", by=specialist,
        at=MONDAY_TEN + 4 * HOUR,
    )  # fmt: skip

    assert set(Inquiry.objects.values_list("state", flat=True)) == {"solved"}
    actions.reopen_ticket(
        ticket=into, version=version_of(into), reason="ikka ei saa", by=specialist,
        at=MONDAY_TEN + 5 * HOUR,
    )  # fmt: skip
    assert set(Inquiry.objects.values_list("state", flat=True)) == {"with_tier2"}


def test_inquiry_with_a_ticket_merged_elsewhere_waits_for_that_one_too():
    client, specialist = ClientFactory(), UserFactory(role="specialist")
    ticket, into = with_inquiry(client, specialist), raised(client=client)
    second = resolved(client=client, inquiry=ticket.inquiry, responsible=specialist)
    merged(ticket, into)

    actions.deliver_solution(
        ticket=second, version=version_of(second), channel="phone", text="Ütlesin.", by=specialist,
        at=MONDAY_TEN + 4 * HOUR,
    )  # fmt: skip

    assert Inquiry.objects.get().state == "with_tier2"


def asked_by_mail(client):
    ticket = raised(client=client)
    actions.ask_client(
        ticket=ticket, text="Mis kell see oli?", by_mail=True, by=ticket.responsible,
        at=MONDAY_TEN + HOUR,
    )  # fmt: skip
    return ticket, OutgoingMail.objects.get(key__startswith="tickets.client:")


def test_reply_to_a_letter_of_the_merged_one_reaches_the_one_that_goes_on():
    client = ClientFactory(email="klient@example.ee")
    ticket, letter = asked_by_mail(client)
    into = raised(client=client)
    actions.ask_client(
        ticket=into, text="Mis brauser?", by_mail=False, by=into.responsible, at=MONDAY_TEN + HOUR
    )
    merged(ticket, into)

    for _copy in range(2):
        filed(replied(letter, "Kell kümme.", sender=CLIENT), MONDAY_TEN + DAY)

    into.refresh_from_db()
    assert (state_of(ticket), into.state) == ("merged", "in_progress")
    assert into.moved_at == MONDAY_TEN + DAY
    assert ticket.comments.get(is_incoming=True).text.startswith("Kell kümme.")
    assert not Letter.objects.exists()


def test_reply_after_the_other_was_closed_opens_that_one():
    client = ClientFactory(email="klient@example.ee")
    ticket, letter = asked_by_mail(client)
    into = resolved(client=client)
    merged(ticket, into)
    actions.deliver_solution(
        ticket=into, version=version_of(into), channel="phone", text="Ütlesin.",
        by=into.responsible, at=MONDAY_TEN + 4 * HOUR,
    )  # fmt: skip

    filed(replied(letter, "Ikka ei saa.", sender=CLIENT), MONDAY_TEN + DAY)

    assert (state_of(into), state_of(ticket)) == ("raised", "merged")


def test_watchers_of_the_merged_one_hear_of_the_other():
    client, watcher = ClientFactory(), UserFactory(role="specialist")
    ticket, into = raised(client=client), raised(client=client)
    actions.watch_ticket(ticket=ticket, by=watcher)
    merged(ticket, into)
    watch = ticket.watches.get()
    actions.see_ticket(ticket=into, watches=[watch], by=watcher, at=MONDAY_TEN + 2 * HOUR)
    assert list(watched_news(watcher)) == []

    actions.give_word(ticket=into, text="Uurime.", by=into.responsible, at=MONDAY_TEN + 3 * HOUR)

    assert list(watched_news(watcher)) == [into]


@pytest.mark.parametrize("transition", ["Sulge", ""])
def test_jira_is_told_in_words_and_by_the_transition_that_the_project_names(
    data_center, transition
):
    jira_site(data_center, close_transition=transition)
    ticket, into = raised(), raised()

    merged(ticket, into)

    calls = JiraCall.objects.filter(ticket=ticket).order_by("pk").values_list("kind", flat=True)
    assert list(calls) == ["create", "link", "comment", *(["close"] if transition else [])]
    assert into.number in ticket.comments.get().text
    assert JiraProject.objects.get().close_transition == transition
