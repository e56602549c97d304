"""A merge is undone: in any order, and what was comes back."""

import datetime as dt
import random

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone

from common.models import OutgoingMail, StaleSave
from inquiries.models import Inquiry
from tests.documents.mails import filed, replied
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryFactory
from tests.factories.tickets import raised, resolved, solver_of
from tests.tickets.jira.outbox import issues, jira_site, worker
from tests.tickets.test_merge_tickets import CLIENT, asked_by_mail, merged, state_of, version_of
from tickets import actions
from tickets.clocks_of import readings_of
from tickets.models import Ticket, TicketComment, TicketMerge

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def undone(ticket, at=MONDAY_TEN + DAY, **more):
    words = {"version": version_of(ticket), "reason": "eksitus", "by": ticket.responsible} | more
    return actions.undo_merge(ticket=ticket, at=at, **words)


def test_ticket_goes_on_as_it_stood_and_both_say_why():
    ticket, into = resolved(), raised()
    before = Ticket.objects.get(pk=ticket.pk)
    merged(ticket, into)

    merge = undone(ticket)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.state_since) == ("resolved", before.state_since)
    assert (ticket.merged_into, ticket.closed_at) == (None, None)
    assert (merge.undone_at, merge.undone_by) == (MONDAY_TEN + DAY, ticket.responsible)
    assert ticket.events.get(what="unmerge_resolved").reason == "eksitus"
    assert into.events.get(what="merged_out").parameters == {"number": ticket.number}


def test_clocks_go_on_with_what_was_used_and_without_the_time_between():
    ticket, twin, into = raised(), raised(), raised()
    merged(ticket, into, at=MONDAY_TEN + HOUR)

    undone(ticket, at=MONDAY_TEN + 3 * DAY)

    later = readings_of(ticket, MONDAY_TEN + 3 * DAY + HOUR)
    unmerged = readings_of(twin, MONDAY_TEN + 2 * HOUR)
    used = {name: one.used_seconds for name, one in later.items()}
    assert used == {name: one.used_seconds for name, one in unmerged.items()}
    ticket.refresh_from_db()
    assert ticket.due_at is not None


def test_what_waited_for_the_client_waits_on_unless_the_client_has_written_meanwhile():
    client = ClientFactory(email="klient@example.ee")
    ticket, letter = asked_by_mail(client)
    into = raised(client=client)
    merged(ticket, into)
    undone(ticket, at=MONDAY_TEN + 3 * HOUR)
    assert state_of(ticket) == "waiting_client"
    merged(ticket, into, at=MONDAY_TEN + 4 * HOUR)
    filed(replied(letter, "Kell kümme.", sender=CLIENT), MONDAY_TEN + DAY)

    undone(ticket, at=MONDAY_TEN + 2 * DAY)

    assert state_of(ticket) == "in_progress"
    assert ticket.comments.get(is_incoming=True).text.startswith("Kell kümme.")
    assert not into.comments.exists()


def test_merge_stays_once_the_other_is_closed_and_comes_apart_when_it_is_opened_again():
    ticket, into = raised(), resolved()
    merged(ticket, into)
    actions.deliver_solution(
        ticket=into, version=version_of(into), channel="phone", text="Ütlesin.",
        by=into.responsible, at=MONDAY_TEN + 3 * HOUR,
    )  # fmt: skip

    with pytest.raises(actions.ToldWithOther):
        undone(ticket)
    actions.reopen_ticket(
        ticket=into, version=version_of(into), reason="ei aita", by=into.responsible,
        at=MONDAY_TEN + 4 * HOUR,
    )  # fmt: skip
    undone(ticket)

    assert state_of(ticket) == "raised"


def test_inquiry_that_was_solved_with_the_other_waits_again():
    client = ClientFactory()
    inquiry = InquiryFactory(client=client)
    ticket = raised(client=client, inquiry=inquiry, responsible=inquiry.responsible)
    into = resolved(client=client)
    merged(ticket, into)
    actions.deliver_solution(
        ticket=into, version=version_of(into), channel="phone", text="Ütlesin.", closes=False,
        by=into.responsible, at=MONDAY_TEN + 3 * HOUR,
    )  # fmt: skip
    assert Inquiry.objects.get().state == "solved"

    undone(ticket)

    assert Inquiry.objects.get().state == "with_tier2"


def test_undone_once_with_a_reason_and_not_from_a_stale_page():
    ticket, into = raised(), raised()
    merged(ticket, into)

    with pytest.raises(actions.ReasonMissing):
        undone(ticket, reason=" ")
    with pytest.raises(StaleSave):
        undone(ticket, version=9)
    undone(ticket)
    with pytest.raises(actions.NotMerged):
        undone(ticket)

    assert TicketMerge.objects.in_force().count() == 0


def test_issue_in_jira_is_closed_opened_again_and_followed(data_center):
    jira_site(data_center, close_transition="Done", reopen_transition="Reopen")
    ticket, into = raised(at=timezone.now()), raised(at=timezone.now())
    worker()
    issue = next(one for one in issues(data_center) if one.id == ticket.jira_links.get().issue_id)

    merged(ticket, into, at=timezone.now())
    worker()
    assert issue.status.category == "done"
    actions.reconcile_jira(at=timezone.now())
    assert state_of(ticket) == "merged"

    undone(ticket, at=timezone.now())
    actions.reconcile_jira(at=timezone.now() + dt.timedelta(minutes=5))
    assert state_of(ticket) == "raised"  # closed there by us, not solved by them
    worker()
    assert issue.status.category != "done"


def test_what_tier_two_did_in_jira_while_merged_counts_after_the_undo(data_center):
    jira_site(data_center)
    ticket, into = raised(at=timezone.now()), raised(at=timezone.now())
    worker()
    issue = next(one for one in issues(data_center) if one.id == ticket.jira_links.get().issue_id)
    merged(ticket, into, at=timezone.now())
    worker()
    data_center.comment(issue.id, "Lukustus maha võetud.", by=data_center.mart)
    data_center.set_status(issue.id, "Done", by=data_center.mart, resolution="Done")
    actions.reconcile_jira(at=timezone.now())
    assert state_of(ticket) == "merged"

    undone(ticket, at=timezone.now())
    actions.reconcile_jira(at=timezone.now() + dt.timedelta(minutes=5))

    ticket.refresh_from_db()
    assert (ticket.state, ticket.solution) == ("resolved", "Lukustus maha võetud.")


def picture(tickets):
    """Everything of these tickets that a merge might touch; what moves on by itself is left out."""
    passing = {"version", "due_at", "due_clock", "look_at"}
    return [
        {
            **{k: v for k, v in model_to_dict(one).items() if k not in passing},
            "comments": sorted(one.comments.values_list("pk", "text")),
            "files": sorted(TicketComment.files.through.objects.filter(ticketcomment__ticket=one).values_list("storedfile", flat=True)),
            "watches": sorted(one.watches.values_list("user", "seen_at")),
            "deliveries": list(one.deliveries.values_list("pk", flat=True)),
            "family": sorted(Ticket.objects.family_of(one).values_list("pk", flat=True)),
            "since": one.state_since,
        }
        for one in Ticket.objects.filter(pk__in=[t.pk for t in tickets]).order_by("pk")
    ]  # fmt: skip


def some_tickets(client):
    solver = solver_of(raised(client=client).group)
    found = [raised(client=client) for _number in range(4)]
    found += [resolved(client=client, solver=solver) for _number in range(2)]
    actions.ask_about_ticket(ticket=found[0], text="Mis kell?", by=solver, at=MONDAY_TEN + HOUR)
    actions.send_ticket_back(ticket=found[1], reason="ei", by=solver, at=MONDAY_TEN + HOUR)
    for one in found:
        actions.comment_on_ticket(
            ticket=one, kind="internal", text=f"Märkus {one.pk}", by=solver, at=MONDAY_TEN
        )
        actions.watch_ticket(ticket=one, by=solver)
    return found


@pytest.mark.parametrize("seed", range(25))
def test_random_merges_undone_in_random_order_give_back_what_was(seed):
    rng = random.Random(seed)
    tickets = some_tickets(ClientFactory())
    before, said = picture(tickets), {one.pk: [] for one in tickets}
    at = MONDAY_TEN + 2 * HOUR

    for _step in range(24):
        at += HOUR
        away = [one for one in tickets if state_of(one) == "merged"]
        here = [one for one in tickets if one not in away]
        what = rng.choice(["merge", "merge", "undo", "say"])
        if what == "merge" and len(here) > 1:
            ticket, into = rng.sample(here, 2)
            merged(ticket, into, at=at)
        elif what == "undo" and away:
            undone(rng.choice(away), at=at)
        elif what == "say":
            one = rng.choice(tickets)
            comment = actions.comment_on_ticket(
                ticket=one, kind="internal", text="Vahepeal", by=one.responsible, at=at
            )
            said[one.pk].append((comment.pk, "Vahepeal"))
        roots = {one.pk: one.merged_into for one in Ticket.objects.select_related("merged_into")}
        assert all(root is None or root.state != "merged" for root in roots.values())
    away = [one for one in tickets if state_of(one) == "merged"]
    for ticket in rng.sample(away, len(away)):
        undone(ticket, at=at + HOUR)

    for one in before:
        one["comments"] = sorted([*one["comments"], *said[one["id"]]])
    assert picture(tickets) == before
    assert not OutgoingMail.objects.exists()
