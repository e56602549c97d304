"""What tier II does with a ticket, here, by a link or by way of Jira: takes it, asks, solves, sends back.

`by` is whoever is signed in; nobody, when it came by a link or from Jira: then `author_name` says who.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from common.states import MoveNotAllowed
from common.uploads import CheckedUpload
from tickets.actions.comment_on_ticket import NothingSaid, comment_on_ticket, keep_comment
from tickets.actions.keep_words import keep_words
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.move_ticket import move_ticket
from tickets.actions.note_event import note_event
from tickets.actions.reckon_due import reckon_due
from tickets.choices import CommentKind, CommentSource
from tickets.models import Ticket
from tickets.states import TicketState


class TakenMeanwhile(Refusal):
    """Two of a group pressed at once: the second is told who has it."""

    code = "taken_meanwhile"
    sentence = _("%(name)s has taken it meanwhile.")


def take_ticket(*, ticket: Ticket, seen: int, by: User, at: datetime) -> Ticket:
    """Somebody of tier II takes a ticket to work on.

    `seen` is who worked on it when the page was drawn, nobody being 0: what a colleague has taken since
    is taken from nobody unseen. Raises TakenMeanwhile, MoveNotAllowed.
    """
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if ticket.assignee is not None and ticket.assignee_id not in {seen, by.pk}:
            raise TakenMeanwhile(name=str(ticket.assignee))
        return assign_ticket(ticket=ticket, to=by, by=by, at=at)


def assign_ticket(*, ticket: Ticket, to: User | None, by: User, at: datetime) -> Ticket:
    """Somebody of tier II takes a ticket, or gives it to a colleague of the group.

    The responsible person stays who it was, and what tier II asked is still to be answered. Raises
    MoveNotAllowed of one that has ended.
    """
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        _need_open(ticket)
        if ticket.assignee != to:
            ticket.assignee = to
            ticket.save(update_fields=["assignee"])
            note_event(ticket=ticket, what="assigned", by=by, at=at, to=to.pk if to else 0)
        if to is not None and ticket.state == TicketState.RAISED:
            move_ticket(ticket, "begin", by=by, at=at, is_movement=True, is_word=True)
    return ticket


def ask_about_ticket(
    *,
    ticket: Ticket,
    text: str,
    by: User | None,
    at: datetime,
    author_name: str = "",
    uploads: Collection[CheckedUpload] = (),
) -> Ticket:
    """Tier II lacks something: the responsible person is asked.

    Raises NothingSaid, MoveNotAllowed.
    """
    with transaction.atomic():
        ticket = _said_by_tier2(ticket, text, by, at, author_name, uploads)
        return move_ticket(ticket, "ask", by=by, at=at, is_movement=True, is_word=True)


def answer_tier2(
    *,
    ticket: Ticket,
    text: str,
    by: User,
    at: datetime,
    uploads: Collection[CheckedUpload] = (),
) -> Ticket:
    """The responsible person answers what tier II asked, and tier II goes on.

    Raises NothingSaid, MoveNotAllowed, PersonalCodeInText.
    """
    with transaction.atomic():
        comment_on_ticket(
            ticket=ticket, kind=CommentKind.TIER2, text=text, uploads=uploads, by=by, at=at
        )
        return move_ticket(lock_ticket(ticket), "answer", by=by, at=at)


def resolve_ticket(
    *,
    ticket: Ticket,
    solution: str,
    by: User | None,
    at: datetime,
    author_name: str = "",
    uploads: Collection[CheckedUpload] = (),
) -> Ticket:
    """Tier II has solved it. The client does not know yet, so it is not closed: it waits to be told.

    Whoever is just telling the client another solution hears of this one first: the version counts on.
    Raises NothingSaid, MoveNotAllowed.
    """
    with transaction.atomic():
        ticket = _said_by_tier2(ticket, solution, by, at, author_name, uploads)
        ticket.claim_version(ticket.version)
        ticket.solution, ticket.resolved_at = solution.strip(), at
        move_ticket(
            ticket,
            "resolve",
            by=by,
            at=at,
            is_movement=True,
            is_word=True,
            also=("solution", "resolved_at"),
        )
        keep_words(ticket)
    return ticket


def send_ticket_back(*, ticket: Ticket, reason: str, by: User | None, at: datetime) -> Ticket:
    """It is not for this group, or cannot be worked on as it stands: the responsible person goes on.

    Raises NothingSaid, MoveNotAllowed.
    """
    with transaction.atomic():
        ticket = _said_by_tier2(ticket, reason, by, at)
        return move_ticket(ticket, "send_back", by=by, at=at, is_movement=True, is_word=True)


def give_word(
    *,
    ticket: Ticket,
    text: str,
    by: User | None,
    at: datetime,
    author_name: str = "",
    uploads: Collection[CheckedUpload] = (),
) -> Ticket:
    """Tier II says how far it is; its silence ends.

    Raises NothingSaid, MoveNotAllowed of one that has ended.
    """
    with transaction.atomic():
        _need_open(lock_ticket(ticket))
        ticket = _said_by_tier2(ticket, text, by, at, author_name, uploads)
        if ticket.state == TicketState.RAISED:
            return move_ticket(ticket, "begin", by=by, at=at, is_movement=True, is_word=True)
        note_event(ticket=ticket, what="word", by=by, at=at)
        ticket.moved_at = ticket.word_at = at
        reckon_due(ticket, at=at)
        ticket.save(update_fields=["moved_at", "word_at", "due_at", "due_clock", "look_at"])
    return ticket


def _need_open(ticket: Ticket) -> None:
    if not ticket.is_open:
        raise MoveNotAllowed(state=ticket.get_state_display())


def _said_by_tier2(
    ticket: Ticket,
    text: str,
    by: User | None,
    at: datetime,
    author_name: str = "",
    uploads: Collection[CheckedUpload] = (),
) -> Ticket:
    if not text.strip():
        raise NothingSaid
    ticket = lock_ticket(ticket)
    keep_comment(
        ticket,
        kind=CommentKind.TIER2,
        text=text.strip(),
        by=by,
        at=at,
        author_name=author_name,
        source=CommentSource.HERE if by else CommentSource.LINK,
        is_incoming=True,
        uploads=uploads,
    )
    return ticket
