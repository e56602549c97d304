"""Two tickets of a client turn out to be one matter: one goes on, the other leads to it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from tickets.actions.lock_ticket import lock_tickets
from tickets.actions.make_part_of import HasParts
from tickets.actions.move_ticket import move_ticket
from tickets.actions.note_event import note_event
from tickets.actions.owe_jira import owe
from tickets.actions.relate_tickets import SameTicket
from tickets.actions.say_to_jira import say_to_jira
from tickets.actions.turn_ticket import ReasonMissing
from tickets.models import CallKind, JiraProject, Ticket, TicketMerge
from tickets.states import UNTOLD, LinkState


class OtherClient(Refusal):
    """Each client is told on its own, so tickets of two clients are not merged (ADR 0024)."""

    code = "other_client"
    sentence = _(
        "%(number)s is of another client, and each client has to be told. Make this one a part of it instead: "
        "then you are asked about both when the solution is told."
    )


class CannotTakeIn(Refusal):
    """Only a ticket whose client has still to be told can answer for another one too."""

    code = "cannot_take_in"
    sentence = _("Nothing can be merged into %(number)s now: its state is “%(state)s”.")


def merge_tickets(
    *, ticket: Ticket, into: Ticket, version: int, reason: str, by: User, at: datetime
) -> TicketMerge:
    """A ticket goes on in another one of the same client.

    1. Lock both, and look whether they may be merged: of one client or of none, nobody told yet, and no
       parts hang on the one that ends.
    2. Write down into which and how it stood. Nothing moves: what was said, files, watchers and reply tokens
       stay with it, and are shown and found with the one that goes on, as are those of tickets that were
       merged into it earlier.
    3. It ends; its clocks stand still. Its inquiry is solved when the client of the other is told.
    4. Jira is told in words, and by the closing transition where the project names one.

    undo_merge leads back. Raises ReasonMissing, SameTicket, OtherClient, CannotTakeIn, HasParts,
    MoveNotAllowed, StaleSave; then nothing has changed.
    """
    if not reason.strip():
        raise ReasonMissing
    if ticket.pk == into.pk:
        raise SameTicket
    with transaction.atomic():
        ticket, into, *_below = lock_tickets(ticket, into, *ticket.merged.only("pk"))
        ticket.claim_version(version)
        _need_one_matter(ticket, into)
        merge = TicketMerge.objects.create(
            kept=into,
            merged=ticket,
            reason=reason.strip(),
            state_before=ticket.state,
            state_since_before=ticket.state_since,
            at=at,
            by=by,
        )
        ticket.merged.update(merged_into=into)
        ticket.merged_into = into
        move_ticket(
            ticket,
            "merge",
            by=by,
            at=at,
            reason=merge.reason,
            also=("merged_into",),
            number=into.number,
        )
        into.claim_version(into.version)
        note_event(
            ticket=into, what="merged_in", by=by, at=at, reason=merge.reason, number=ticket.number
        )
        _tell_jira(ticket, merge, at=at)
    return merge


def _need_one_matter(ticket: Ticket, into: Ticket) -> None:
    if into.state not in UNTOLD:
        raise CannotTakeIn(number=into.number, state=into.get_state_display())
    if ticket.client is not None and (
        into.client is None or ticket.client.survivor != into.client.survivor
    ):
        raise OtherClient(number=into.number)
    if ticket.children.exists():
        raise HasParts(number=ticket.number)


def _tell_jira(ticket: Ticket, merge: TicketMerge, *, at: datetime) -> None:
    say_to_jira(
        ticket,
        f"Pilet {ticket.number} on ühendatud piletiga {merge.kept.number}; töö läheb edasi seal.",
        by=merge.by,
        at=at,
    )
    if closes_in_jira(ticket):
        owe(ticket, CallKind.CLOSE, f"merged-{merge.pk}", at=at)


def closes_in_jira(ticket: Ticket) -> bool:
    """Whether its project names the transition that closes; without one the words are all that leaves."""
    if ticket.link_state == LinkState.NONE:
        return False
    projects = JiraProject.objects.exclude(close_transition="")
    return projects.filter(
        pk__in=ticket.jira_links.filter(is_current=True).values("project")
    ).exists()
