from datetime import datetime

from accounts.models import User
from tickets.actions.comment_on_ticket import keep_comment
from tickets.actions.owe_jira import owe
from tickets.choices import CommentKind
from tickets.models import CallKind, Ticket
from tickets.states import LinkState


def say_to_jira(ticket: Ticket, text: str, *, by: User, at: datetime) -> None:
    """Jira cannot see what was done here with a locked ticket, so it is told in words; who works here sees it."""
    if ticket.link_state == LinkState.NONE:
        return
    comment = keep_comment(ticket, kind=CommentKind.TIER2, text=text, by=by, at=at)
    owe(ticket, CallKind.COMMENT, str(comment.pk), at=at)
