from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from tickets.actions.inquiry_of_ticket import pass_inquiry_to_tier2
from tickets.actions.lock_ticket import lock_with_survivor
from tickets.actions.merge_tickets import closes_in_jira
from tickets.actions.move_ticket import move_ticket
from tickets.actions.note_event import note_event
from tickets.actions.owe_jira import owe
from tickets.actions.say_to_jira import say_to_jira
from tickets.actions.turn_ticket import ReasonMissing
from tickets.choices import CommentKind
from tickets.models import CallKind, Ticket, TicketMerge
from tickets.states import UNSOLVED, TicketState


class NotMerged(Refusal):
    """There is nothing left to undo."""

    code = "not_merged"
    sentence = _("This merge was undone already.")


class ToldWithOther(Refusal):
    """The client was told of both as of one, and knows of no second matter."""

    code = "told_with_other"
    sentence = _(
        "%(number)s is closed: the client was told of both together, so the merge stays. "
        "Reopen %(number)s first, or raise a new ticket."
    )


def undo_merge(*, ticket: Ticket, version: int, reason: str, by: User, at: datetime) -> TicketMerge:
    """A ticket was merged by mistake: it goes on by itself as it stood.

    1. Lock it with the one in which it goes on, which may be closed by now: then the merge stays.
    2. Give it back the state it had, since when it had it, and its clocks, which stood still meanwhile. What
       was merged into it goes with it. So merges are undone in any order.
    3. What its client has written meanwhile stands with it, as all that came to it; if it waited for just
       that, it goes on. What was said of the other one stays there.
    4. If the client of the other was told meanwhile, its inquiry waits for tier II again.
    5. Jira is told in words, and the issue is opened again if we closed it; what tier II did with it meanwhile
       is looked at anew.

    Raises ReasonMissing, NotMerged, ToldWithOther, StaleSave; then nothing has changed.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        ticket, survivor = lock_with_survivor(ticket, _merged_below(ticket))
        merge = TicketMerge.objects.in_force().filter(merged=ticket).first()
        if merge is None:
            raise NotMerged
        ticket.claim_version(version)
        if survivor.state == TicketState.CLOSED:
            raise ToldWithOther(number=survivor.number)
        merge.undone_at, merge.undone_by = at, by
        merge.save(update_fields=["undone_at", "undone_by"])
        _part(ticket, merge, reason.strip(), by=by, at=at)
        survivor.claim_version(survivor.version)
        note_event(
            ticket=survivor,
            what="merged_out",
            by=by,
            at=at,
            reason=reason.strip(),
            number=ticket.number,
        )
        _tell_jira(ticket, merge, by=by, at=at)
        _go_on(ticket, survivor, merge, by=by, at=at)
    return merge


def _part(ticket: Ticket, merge: TicketMerge, reason: str, *, by: User, at: datetime) -> None:
    Ticket.objects.filter(pk__in=_merged_below(ticket)).update(merged_into=ticket)
    ticket.merged_into = None
    move_ticket(
        ticket,
        f"unmerge_{merge.state_before}",
        by=by,
        at=at,
        reason=reason,
        also=("merged_into",),
        number=merge.kept.number,
    )
    ticket.state_since = merge.state_since_before
    ticket.save(update_fields=["state_since"])


def _merged_below(ticket: Ticket) -> set[int]:
    """Those that were merged into this ticket, and into those, and are so still."""
    found, edge = set[int](), {ticket.pk}
    while edge:
        merges = TicketMerge.objects.in_force().filter(kept__in=edge)
        edge = set(merges.values_list("merged", flat=True)) - found
        found |= edge
    return found


def _go_on(ticket: Ticket, survivor: Ticket, merge: TicketMerge, *, by: User, at: datetime) -> None:
    if survivor.told_at is not None and survivor.told_at >= merge.at:
        for one in Ticket.objects.family_of(ticket):
            pass_inquiry_to_tier2(one, by=by, at=at)
    heard = ticket.comments.filter(kind=CommentKind.CLIENT, is_incoming=True, at__gte=merge.at)
    if ticket.state == TicketState.WAITING_CLIENT and heard.exists():
        move_ticket(ticket, "hear_from_client", by=by, at=at, is_movement=True)


def _tell_jira(ticket: Ticket, merge: TicketMerge, *, by: User, at: datetime) -> None:
    """What tier II had solved or sent back there before stays closed there."""
    say_to_jira(
        ticket,
        f"Ühendamine piletiga {merge.kept.number} on tagasi võetud; pilet {ticket.number} läheb edasi omaette.",
        by=by,
        at=at,
    )
    if merge.state_before in UNSOLVED and closes_in_jira(ticket):
        owe(ticket, CallKind.REOPEN, f"unmerged-{merge.pk}", at=at)
    ticket.jira_links.filter(is_current=True).update(updated_at=None, looked_at=None)
