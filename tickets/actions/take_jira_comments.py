"""Words of tier II in Jira stand with the ticket, as they stand there now."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from tickets.actions.comment_on_ticket import keep_comment
from tickets.actions.keep_words import keep_words
from tickets.actions.note_event import note_event
from tickets.choices import CommentKind, CommentSource
from tickets.gateways.jira import Comment
from tickets.jira.marker import marker_in_comment
from tickets.models import JiraLink, Ticket, TicketComment
from tickets.states import TicketState

LONGEST_NAME = 200  # as long as our table holds it; names there are free


def take_jira_comments(
    ticket: Ticket, link: JiraLink, comments: Sequence[Comment], *, at: datetime
) -> list[TicketComment]:
    """Take over the comments of a locked ticket's issue, in the caller's transaction.

    1. What they keep among themselves stays there, and so does what we said.
    2. What is new comes in, once.
    3. What they have changed since reads here as it does there, with the moment; a solution that was
       taken from it and that the client does not know yet follows. What they deleted stays.

    Returns what is new; the caller keeps the words of it.
    """
    here = {one.remote_id: one for one in ticket.comments.exclude(remote_id="")}
    fresh = []
    for one in _theirs(comments, link.project.site.own_identity):
        known = here.get(one.id)
        if known is None:
            fresh.append(_keep(ticket, one, at))
        elif known.source == CommentSource.JIRA:
            _change(ticket, known, one, at)
    return fresh


def _theirs(comments: Sequence[Comment], own_identity: str) -> Iterator[Comment]:
    """Without our own: those of our account there, and the first that carries a mark of ours.

    A later one with the same mark is somebody of theirs who pasted what we had said.
    """
    marks: set[UUID] = set()
    for one in comments:
        mark = marker_in_comment(one.text)
        is_ours = (own_identity and one.author == own_identity) or (mark and mark not in marks)
        if mark:
            marks.add(mark)
        if not is_ours and not one.is_restricted:
            yield one


def _keep(ticket: Ticket, comment: Comment, at: datetime) -> TicketComment:
    return keep_comment(
        ticket,
        kind=CommentKind.TIER2,
        text=comment.text,
        at=min(comment.created or at, at),
        author_name=(comment.author_name or comment.author)[:LONGEST_NAME],
        source=CommentSource.JIRA,
        is_incoming=True,
        remote_id=comment.id,
        keeps_words=False,
    )


def _change(ticket: Ticket, known: TicketComment, comment: Comment, at: datetime) -> None:
    since = known.changed_at or known.at
    if comment.text == known.text or comment.updated is None or comment.updated <= since:
        return
    if ticket.state == TicketState.RESOLVED and ticket.solution == known.text:
        ticket.claim_version(ticket.version)  # whoever is just telling the client sees it first
        ticket.solution = comment.text
    known.text, known.changed_at = comment.text, min(comment.updated, at)
    known.save(update_fields=["text", "changed_at"])
    note_event(ticket=ticket, what="comment_changed", by=None, at=at, comment=known.pk)
    ticket.moved_at = at
    ticket.save(update_fields=["moved_at", "solution"])
    keep_words(ticket)
