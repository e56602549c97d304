"""What Jira says of an issue now is taken over: read from Jira itself, never from a message."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tickets.actions.keep_words import keep_words
from tickets.actions.move_ticket import move_ticket
from tickets.actions.note_event import note_event, tell_news
from tickets.actions.reckon_due import reckon_due
from tickets.actions.take_jira_comments import LONGEST_NAME, take_jira_comments
from tickets.choices import CommentKind
from tickets.clocks_of import Terms
from tickets.gateways.jira import Issue, JiraClient, JiraFailure, Trouble
from tickets.jira.status_map import state_for
from tickets.models import CallKind, CallState, JiraLink, Ticket, TicketComment
from tickets.states import LINK_MOVES, MOVES, LinkState, TicketState

# As long as our tables hold them; names there are free.
LONGEST_STATUS, LONGEST_KEY = 100, 40
# By which of our moves a state of Jira's is reached.
MOVE_TO = {
    TicketState.IN_PROGRESS: "begin",
    TicketState.NEEDS_INFO: "ask",
    TicketState.RESOLVED: "resolve",
    TicketState.REJECTED: "send_back",
}


def follow_issue(
    *,
    link: JiraLink,
    client: JiraClient,
    at: datetime,
    issue: Issue | None = None,
    is_deleted: bool = False,
    terms: Terms | None = None,
) -> bool:
    """Take over status, assignee, key and comments of one issue. Safe to run twice and in any order.

    1. Read the issue, unless the caller has just done so. Not there: it was deleted, or is not for our
       eyes any more, and the responsible person sees that.
    2. What is older than what was applied last changes nothing; so a late word reopens nothing.
    3. New comments of theirs come in, each once, and what they have changed since in one that is here.
    4. Done there means resolved here, with the client still to be told; never closed. A status that stands
       where it stood, without a new word, says nothing: what was decided here meanwhile is not undone.

    Returns whether anything changed. Raises JiraFailure when Jira does not answer.
    """
    try:
        issue = issue or client.read_issue(link.issue_id)
    except JiraFailure as failure:
        if failure.trouble != Trouble.NOT_FOUND:
            raise
        return _lost(link, at, is_deleted=is_deleted)
    is_news = link.updated_at is None or (
        issue.updated is not None and issue.updated > link.updated_at
    )
    comments = client.list_comments(issue.id) if is_news and link.project.takes_comments else ()
    with transaction.atomic():
        ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=link.ticket_id)
        link = JiraLink.objects.select_related("project__site").get(pk=link.pk)
        link.looked_at = at
        _find_again(ticket)
        if link.updated_at is not None and issue.updated and issue.updated <= link.updated_at:
            link.save(update_fields=["looked_at"])
            return False
        said = take_jira_comments(ticket, link, comments, at=at)
        is_news_of_state = bool(said) or issue.status[:LONGEST_STATUS] != link.status
        link.issue_key = issue.key[:LONGEST_KEY]
        link.assignee_name = issue.assignee[:LONGEST_NAME]
        if ticket.merged_into is None:  # of a merged one it is news once the merge is undone
            link.status = issue.status[:LONGEST_STATUS]
        link.updated_at = issue.updated or at
        link.save()
        if is_news_of_state:
            _follow_state(ticket, link, issue, said, at, terms)
        if said or is_news_of_state:
            keep_words(ticket)
    return True


def _lost(link: JiraLink, at: datetime, *, is_deleted: bool) -> bool:
    with transaction.atomic():
        ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=link.ticket_id)
        move = "miss" if is_deleted else "forbid"
        JiraLink.objects.filter(pk=link.pk).update(looked_at=at)
        if not LINK_MOVES.allows(move, ticket.link_state):
            return False
        ticket.link_state = LINK_MOVES.target(move, LinkState(ticket.link_state))
        ticket.moved_at = at
        ticket.save(update_fields=["link_state", "moved_at"])
        note_event(ticket=ticket, what=f"jira_{move}", by=None, at=at)
    return True


def _find_again(ticket: Ticket) -> None:
    if LINK_MOVES.allows("find", ticket.link_state):
        ticket.link_state = LINK_MOVES.target("find", LinkState(ticket.link_state))
        ticket.save(update_fields=["link_state"])


def _follow_state(
    ticket: Ticket,
    link: JiraLink,
    issue: Issue,
    said: Sequence[TicketComment],
    at: datetime,
    terms: Terms | None,
) -> None:
    if ticket.merged_into is not None:  # what they say is read where the ticket goes on
        if said:
            tell_news(ticket.merged_into, at=at)
        return
    named = state_for(issue.status, issue.category, overrides=link.project.status_map)
    wanted = TicketState(named) if named in TicketState.values else None
    if wanted == TicketState.RESOLVED and _is_to_be_opened_there(link):
        wanted = None
    if (
        ticket.state == TicketState.RESOLVED
        and wanted in {TicketState.RAISED, *MOVE_TO}
        and (wanted != TicketState.RESOLVED)
    ):
        _taken_up_again(ticket, at)
    move = MOVE_TO.get(wanted) if wanted is not None else None
    if wanted == ticket.state or move is None or not MOVES.allows(move, ticket.state):
        if said:
            note_event(ticket=ticket, what="word", by=None, at=at)
            ticket.moved_at = ticket.word_at = at
            reckon_due(ticket, at=at, terms=terms)
            ticket.save(update_fields=["moved_at", "word_at", "due_at", "due_clock", "look_at"])
        return
    also: tuple[str, ...] = ()
    if wanted == TicketState.RESOLVED:
        ticket.claim_version(ticket.version)
        ticket.solution, ticket.resolved_at = _solution(ticket, issue), at
        also = ("solution", "resolved_at")
    move_ticket(
        ticket, move, by=None, at=at, is_movement=True, is_word=True, also=also, terms=terms
    )


def _is_to_be_opened_there(link: JiraLink) -> bool:
    """Done there, but only because we closed it: that it goes on is on its way to them, or did not get there."""
    not_there = [CallState.OWED, CallState.FAILED]
    return link.calls.filter(kind=CallKind.REOPEN, state__in=not_there).exists()


def _taken_up_again(ticket: Ticket, at: datetime) -> None:
    """Tier II itself found that it was not solved, before the client was told."""
    ticket.reopened += 1
    move_ticket(
        ticket, "reopen", by=None, at=at, is_movement=True, is_word=True, also=("reopened",)
    )


def _solution(ticket: Ticket, issue: Issue) -> str:
    """Their last word, which the responsible person puts into words for the client; else the resolution."""
    last = (
        ticket.comments.filter(kind=CommentKind.TIER2, is_incoming=True).order_by("at", "pk").last()
    )
    return last.text if last else issue.resolution or issue.status
