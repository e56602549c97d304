"""What the responsible person decides about a ticket that tier II has: to whom it goes, and whether it goes on."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from common.states import MoveNotAllowed
from common.uploads import CheckedUpload
from tickets.actions.ask_by_link import open_links_of, revoke_ticket_link
from tickets.actions.begin_checklist import begin_checklists
from tickets.actions.comment_on_ticket import (
    NothingSaid,
    comment_on_ticket,
    keep_comment,
)
from tickets.actions.inquiry_of_ticket import pass_inquiries_of_family
from tickets.actions.lock_ticket import lock_ticket, lock_with_survivor
from tickets.actions.mail_client import mail_client
from tickets.actions.move_ticket import move_ticket
from tickets.actions.note_event import tell_news
from tickets.actions.owe_jira import leave_jira, link_to_jira, owe
from tickets.actions.raise_ticket import TicketIncomplete
from tickets.actions.tell_client import NoAddress, address_of
from tickets.choices import CommentKind, CommentSource
from tickets.completeness_of import fill_found_facts, what_ticket_lacks
from tickets.models import CallKind, Ticket, TicketGroup
from tickets.states import TicketState


class ReasonMissing(Refusal):
    """A turn that somebody else has to understand later needs its reason."""

    code = "reason_missing"
    sentence = _("Say why, in a few words.")


def ask_client(*, ticket: Ticket, text: str, by_mail: bool, by: User, at: datetime) -> Ticket:
    """Tier II needs something that only the client knows; until the client answers its clocks stand still.

    Raises NothingSaid, NoAddress, MoveNotAllowed.
    """
    if not text.strip():
        raise NothingSaid
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if by_mail:
            point = address_of(ticket)
            if point is None:
                raise NoAddress
            mail_client(ticket, text=text.strip(), to=point.value, by=by, at=at)
        else:
            keep_comment(ticket, kind=CommentKind.CLIENT, text=text.strip(), by=by, at=at)
        return move_ticket(ticket, "wait_for_client", by=by, at=at)


def hear_from_client(
    *,
    ticket: Ticket,
    text: str,
    by: User | None,
    at: datetime,
    source: CommentSource = CommentSource.HERE,
    uploads: Collection[CheckedUpload] = (),
    remote_id: str = "",
    passes_on: bool = False,
) -> Ticket:
    """The client has answered or written: it stands with the ticket, and what waited goes on.

    1. A ticket whose solution the client has been told, or that is closed, opens again: the client is
       not content.
    2. `passes_on`: tier II gets the same words and files, in Jira too; it reads nothing else of what the
       client wrote where only we turn to the client.
    3. Of a merged ticket, the one in which it goes on does all that; the words stand with the one that they
       answer, and are shown with the other.
    4. Nobody would look at the words about a cancelled one.

    Raises NothingSaid, MoveNotAllowed, PersonalCodeInText (when it is passed on).
    """
    if not text.strip():
        raise NothingSaid
    with transaction.atomic():
        ticket, survivor = lock_with_survivor(ticket)
        said = keep_comment(
            ticket,
            kind=CommentKind.CLIENT,
            text=text.strip(),
            by=by,
            at=at,
            source=source,
            is_incoming=True,
            uploads=uploads,
            remote_id=remote_id,
        )
        ticket = _go_on(survivor, by=by, at=at)
        if passes_on and by is not None:
            comment_on_ticket(
                ticket=ticket,
                kind=CommentKind.TIER2,
                text=text,
                files=said.files.all(),
                by=by,
                at=at,
            )
    return ticket


def _go_on(ticket: Ticket, *, by: User | None, at: datetime) -> Ticket:
    if ticket.state == TicketState.WAITING_CLIENT:
        return move_ticket(ticket, "hear_from_client", by=by, at=at, is_movement=True)
    if ticket.state in {TicketState.TOLD, TicketState.CLOSED}:
        return _reopen(ticket, by=by, at=at, reason="")
    if ticket.state == TicketState.CANCELLED:
        raise MoveNotAllowed(state=ticket.get_state_display())
    tell_news(ticket, at=at)
    return ticket


def reopen_ticket(*, ticket: Ticket, version: int, reason: str, by: User, at: datetime) -> Ticket:
    """The solution does not help, so tier II gets the ticket once more.

    Raises ReasonMissing, MoveNotAllowed, StaleSave.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        ticket.claim_version(version)
        return _reopen(ticket, by=by, at=at, reason=reason.strip())


def _reopen(ticket: Ticket, *, by: User | None, at: datetime, reason: str) -> Ticket:
    ticket.reopened += 1
    ticket.told_at = ticket.word_at = None
    move_ticket(
        ticket,
        "reopen",
        by=by,
        at=at,
        reason=reason,
        is_movement=True,
        also=("reopened", "told_at"),
    )
    owe(ticket, CallKind.REOPEN, str(ticket.reopened), at=at)
    pass_inquiries_of_family(ticket, by=by, at=at)
    return ticket


def regroup_ticket(
    *, ticket: Ticket, version: int, group: TicketGroup, reason: str, by: User, at: datetime
) -> Ticket:
    """Another group has to solve it: the same ticket goes there, and what it lacks for them is named.

    What Jira was told stays there; what is owed to it is owed no more, and a group that works in Jira gets
    an issue of its own. Whoever was asked by a link for the former group is asked no more.

    Raises ReasonMissing, TicketIncomplete, MoveNotAllowed, StaleSave; then it stays where it was.
    """
    if not reason.strip():
        raise ReasonMissing
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        ticket.group = group
        fill_found_facts(ticket)
        lacking = what_ticket_lacks(ticket)
        if lacking:
            raise TicketIncomplete(lacking)
        ticket.claim_version(version)
        ticket.assignee = ticket.word_at = None
        move_ticket(
            ticket,
            "regroup",
            by=by,
            at=at,
            reason=reason.strip(),
            also=("group", "assignee", "facts"),
            group=group.code,
            urgency=ticket.urgency,
        )
        for link in open_links_of(ticket, at=at):
            revoke_ticket_link(ticket=ticket, link=link, by=by, at=at)
        begin_checklists(ticket)
        leave_jira(ticket, at=at)
        link_to_jira(ticket, at=at)
    return ticket


def cancel_ticket(*, ticket: Ticket, version: int, reason: str, by: User, at: datetime) -> Ticket:
    """The matter has gone away, or the draft is not needed.

    Raises ReasonMissing (of a raised one), MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if not ticket.is_draft and not reason.strip():
            raise ReasonMissing
        ticket.claim_version(version)
        move_ticket(ticket, "cancel", by=by, at=at, reason=reason.strip())
        owe(ticket, CallKind.CLOSE, "cancelled", at=at)
    return ticket
