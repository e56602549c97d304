from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from common.uploads import CheckedUpload
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.work_on_ticket import ask_about_ticket, give_word, resolve_ticket
from tickets.choices import CommentSource, LinkAnswer
from tickets.models import Ticket

SAME_WITHIN = timedelta(minutes=15)


def answer_by_link(
    *,
    ticket: Ticket,
    what: LinkAnswer,
    name: str,
    text: str,
    uploads: Collection[CheckedUpload],
    at: datetime,
) -> Ticket:
    """Whoever holds the link says how far it is, asks, or solves; the name is kept as it was given.

    The same words and files once more within a quarter of an hour are a second press after an answer of
    ours that was lost on its way: they are taken once.

    Raises NothingSaid, MoveNotAllowed.
    """
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        if _was_said(ticket, name=name, text=text, uploads=uploads, at=at):
            return ticket
        return _answer(ticket, what=what, name=name, text=text, uploads=uploads, at=at)


def _was_said(
    ticket: Ticket, *, name: str, text: str, uploads: Collection[CheckedUpload], at: datetime
) -> bool:
    """Whether these very words came by a link a moment ago."""
    same = ticket.comments.filter(
        source=CommentSource.LINK, author_name=name, text=text.strip(), at__gt=at - SAME_WITHIN
    )
    sums = sorted(one.sha256 for one in uploads)
    return any(sorted(said.files.values_list("sha256", flat=True)) == sums for said in same)


def _answer(
    ticket: Ticket,
    *,
    what: LinkAnswer,
    name: str,
    text: str,
    uploads: Collection[CheckedUpload],
    at: datetime,
) -> Ticket:
    if what == LinkAnswer.SOLUTION:
        return resolve_ticket(
            ticket=ticket, solution=text, by=None, at=at, author_name=name, uploads=uploads
        )
    said = ask_about_ticket if what == LinkAnswer.QUESTION else give_word
    return said(ticket=ticket, text=text, by=None, at=at, author_name=name, uploads=uploads)
