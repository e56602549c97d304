"""What no page of ours sends, and what a page that was left open sends late: refused in words, and nothing is lost."""

import datetime as dt

import pytest
from django.conf import settings
from django.urls import reverse

from common.states import MoveNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory
from tests.factories.tickets import TicketFactory, raised, resolved, solver_of
from tests.htmx import soup
from tests.tickets.pages import posted
from tickets import actions
from tickets.models import Ticket, TicketComment

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
ODD = ["9" * 19, "9" * 30, "-1", "abc", "\x00", "٣", "😀", "<b>x</b>"]


@pytest.fixture(autouse=True)
def english(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def specialist(client):
    user = UserFactory(role="specialist")
    client.force_login(user)
    return user


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


@pytest.mark.parametrize("odd", ODD)
def test_odd_ids_are_refused_in_words(client, specialist, odd):
    ticket = resolved(responsible=specialist)
    actions.add_checklist_line(ticket=ticket, text="Logid", by=specialist, at=MONDAY_TEN)
    said = {"channel": "phone", "text": "Ütlesin.", "closes": "yes", "ticked": [odd]}

    told = posted(client, "deliver", ticket, **said)
    key = "8f14e45f-ceea-467f-a9c7-000000000001"
    actions.comment_on_ticket(
        ticket=ticket, kind="tier2", text="Kas?", by=specialist, at=MONDAY_TEN
    )
    split = posted(client, "split", ticket, key=key, points=["0"], comments=[odd], link="split")

    assert told.status_code in {302, 422}  # a line that is there no more is passed over
    assert split.status_code == 422


@pytest.mark.parametrize("reason", ["x" * 501, "x\x00y"])
def test_reason_that_no_table_holds_hands_nothing_over(client, reason):
    client.force_login(UserFactory(role="coordinator"))
    ticket, heir = raised(), UserFactory(role="specialist")

    answer = client.post(
        reverse("tickets:hand_over_many"),
        {"ticket": [ticket.pk], "to": heir.pk, "reason": reason},
        follow=True,
    )

    assert [one.level_tag for one in answer.context["messages"]] == ["error"]
    assert fresh(ticket).responsible == ticket.responsible


def test_words_to_tier_two_about_a_ticket_that_ended_meanwhile_stay_on_the_page(client, specialist):
    ticket = resolved(responsible=specialist)
    actions.deliver_solution(
        ticket=ticket, version=fresh(ticket).version, channel="phone", text="Ütlesin.",
        by=specialist, at=MONDAY_TEN + 2 * HOUR,
    )  # fmt: skip

    answer = posted(client, "to_tier2", ticket, text="Veel üks asi")

    assert answer.status_code == 422
    assert soup(answer).select_one("#id_tier2_text").get_text(strip=True) == "Veel üks asi"
    assert not TicketComment.objects.filter(text="Veel üks asi").exists()


def test_client_is_not_told_a_solution_that_another_has_replaced(client, specialist):
    ticket = resolved(responsible=specialist)
    actions.reopen_ticket(
        ticket=ticket, version=fresh(ticket).version, reason="ei aita", by=specialist,
        at=MONDAY_TEN + 2 * HOUR,
    )  # fmt: skip
    seen = fresh(ticket).version
    actions.resolve_ticket(
        ticket=ticket, solution="Hoopis teisiti.", by=solver_of(ticket.group), at=MONDAY_TEN + 3 * HOUR
    )  # fmt: skip

    answer = posted(
        client, "deliver", ticket, version=seen, channel="phone", text="Vana.", closes="yes"
    )

    assert answer.status_code == 422
    assert fresh(ticket).state == "resolved"
    assert answer.context["form"]["text"].value() == "Vana."
    assert "Hoopis teisiti." in answer.content.decode()


def test_page_without_a_change_is_no_stale_page(client, specialist):
    ticket = raised(responsible=specialist, client=ClientFactory())
    page = client.get(reverse("tickets:write", args=[ticket.key]))
    sent = {one.html_name: one.value() or "" for one in page.context["form"]}
    sent["version"] = fresh(ticket).version
    actions.resolve_ticket(
        ticket=ticket, solution="Korras.", by=solver_of(ticket.group), at=MONDAY_TEN + HOUR
    )

    answer = client.post(reverse("tickets:write", args=[ticket.key]), sent)

    assert answer.status_code == 302  # and not the same page once more without a word


def test_ready_wording_put_in_without_scripts_leaves_the_parts_asked_about(client, specialist):
    ticket, part = resolved(responsible=specialist), raised(responsible=specialist)
    actions.make_part_of(
        ticket=part, whole=ticket, version=part.version, by=specialist, at=MONDAY_TEN
    )

    answer = posted(
        client, "deliver", ticket, act="reply", reply="", text="abc", **{f"part_{part.pk}": "leave"}
    )

    chosen = soup(answer).select(f"[name=part_{part.pk}][checked]")
    assert [one["value"] for one in chosen] == ["leave"]


def test_what_tier_two_asked_is_still_asked_when_a_colleague_gets_the_ticket():
    ticket = raised()
    solver, colleague = solver_of(ticket.group), solver_of(ticket.group)
    actions.ask_about_ticket(ticket=ticket, text="Mis kell?", by=solver, at=MONDAY_TEN + HOUR)

    actions.assign_ticket(ticket=ticket, to=colleague, by=solver, at=MONDAY_TEN + 2 * HOUR)

    assert (fresh(ticket).state, fresh(ticket).assignee) == ("needs_info", colleague)


def test_unknown_words_of_a_draft_are_not_taken_for_the_draft_itself(client, specialist):
    draft = TicketFactory(responsible=specialist)

    answer = posted(client, "link", draft, kind="related", other="pole sellist")

    assert "this ticket itself" not in answer.content.decode()


def test_all_inquiries_that_waited_for_a_cancelled_ticket_are_named(client, specialist):
    person = ClientFactory()
    first, second = (InquiryFactory(client=person, responsible=specialist) for _ in range(2))
    ticket, into = (
        raised(client=person, inquiry=one, responsible=specialist) for one in (first, second)
    )
    actions.merge_tickets(
        ticket=ticket, into=into, version=fresh(ticket).version, reason="sama", by=specialist,
        at=MONDAY_TEN + HOUR,
    )  # fmt: skip

    answer = posted(client, "cancel", into, reason="läks üle")

    assert answer["Location"] == reverse("inquiries:show", args=[second.pk])
    page = client.get(answer["Location"]).content.decode()
    assert first.number in page
    assert second.number in page


def test_merged_ticket_alone_with_an_inquiry_leads_there_too(client, specialist):
    person = ClientFactory()
    inquiry = InquiryFactory(client=person, responsible=specialist)
    ticket = raised(client=person, inquiry=inquiry, responsible=specialist)
    into = raised(client=person, responsible=specialist)
    actions.merge_tickets(
        ticket=ticket, into=into, version=fresh(ticket).version, reason="sama", by=specialist,
        at=MONDAY_TEN + HOUR,
    )  # fmt: skip

    answer = posted(client, "cancel", into, reason="läks üle")

    assert answer["Location"] == reverse("inquiries:show", args=[inquiry.pk])


def test_ticket_keeps_its_client_while_others_of_the_client_go_on_in_it():
    person = ClientFactory()
    ticket, into = raised(client=person), raised(client=person)
    merge = {"version": fresh(ticket).version, "reason": "sama", "by": ticket.responsible}
    actions.merge_tickets(ticket=ticket, into=into, at=MONDAY_TEN + HOUR, **merge)

    for other in (ClientFactory(), None):
        with pytest.raises(actions.MergedOfClient):
            actions.write_ticket(
                ticket=into, version=fresh(into).version, typed={"client": other},
                by=into.responsible, at=MONDAY_TEN + HOUR,
            )  # fmt: skip

    assert fresh(into).client == person


def test_words_of_the_client_are_not_kept_where_nobody_looks():
    ticket = raised()
    actions.cancel_ticket(
        ticket=ticket, version=fresh(ticket).version, reason="läks üle", by=ticket.responsible,
        at=MONDAY_TEN + HOUR,
    )  # fmt: skip

    with pytest.raises(MoveNotAllowed):
        actions.hear_from_client(
            ticket=ticket, text="Ei läinud", by=ticket.responsible, at=MONDAY_TEN + 2 * HOUR
        )

    assert not TicketComment.objects.exists()
