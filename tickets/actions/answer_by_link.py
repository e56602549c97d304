from collections.abc import Collection
from datetime import datetime

from common.uploads import CheckedUpload
from tickets.actions.work_on_ticket import ask_about_ticket, give_word, resolve_ticket
from tickets.choices import LinkAnswer
from tickets.models import Ticket


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

    Raises NothingSaid, MoveNotAllowed.
    """
    if what == LinkAnswer.SOLUTION:
        return resolve_ticket(
            ticket=ticket, solution=text, by=None, at=at, author_name=name, uploads=uploads
        )
    said = ask_about_ticket if what == LinkAnswer.QUESTION else give_word
    return said(ticket=ticket, text=text, by=None, at=at, author_name=name, uploads=uploads)
