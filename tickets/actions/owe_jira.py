"""What we owe Jira: rows, written in the transaction of what they follow from."""

from datetime import datetime

from django.db.models import Q, QuerySet

from common.hurry import hurry
from tickets import tasks
from tickets.choices import CommentKind, WorksIn
from tickets.models import (
    CallKind,
    CallState,
    JiraCall,
    JiraLink,
    JiraProject,
    Ticket,
    TicketComment,
)
from tickets.states import LINK_MOVES, LinkState

LEFT = "left"  # the closing of an issue that another group's goes on from


def link_to_jira(ticket: Ticket, *, at: datetime) -> None:
    """The group works in Jira: the ticket is to have its issue there, in the caller's transaction."""
    project = _project_of(ticket)
    if project is None or project.group.works_in != WorksIn.JIRA:
        return
    link, is_new = JiraLink.objects.get_or_create(
        ticket=ticket, is_current=True, defaults={"project": project}
    )
    if not is_new:  # sent back there and raised anew: the same issue goes on
        owe(ticket, CallKind.REOPEN, f"again-{at.timestamp():.0f}", at=at)
        return
    ticket.link_state = LINK_MOVES.target("queue", LinkState(ticket.link_state))
    ticket.save(update_fields=["link_state"])
    owe(ticket, CallKind.CREATE, str(link.marker), at=at)
    owe(ticket, CallKind.LINK, "1", at=at)
    for file_id in _files_for_tier2(ticket):
        owe(ticket, CallKind.FILE, str(file_id), at=at)


def _files_for_tier2(ticket: Ticket) -> QuerySet[TicketComment, int]:
    """Files that we gave tier II before the issue was there: of a ticket that was split off, or moved."""
    said = ticket.comments.filter(kind=CommentKind.TIER2, is_incoming=False)
    ids = said.exclude(files=None).order_by("files").values_list("files", flat=True)
    return ids.distinct()


def _project_of(ticket: Ticket) -> JiraProject | None:
    projects = JiraProject.objects.filter(group=ticket.group_id, site__is_active=True)
    return projects.select_related("group").first()


def leave_jira(ticket: Ticket, *, at: datetime) -> None:
    """Another group goes on elsewhere: what is owed is owed no more, and the issue there is closed.

    A creating that may have happened is looked for first, so that no issue stays open there unseen.
    """
    if ticket.link_state == LinkState.NONE:
        return
    link = JiraLink.objects.get(ticket=ticket, is_current=True)
    owed = link.calls.filter(state__in=[CallState.OWED, CallState.FAILED])
    may_have_happened = Q(kind=CallKind.CREATE, state=CallState.OWED, is_doubtful=True)
    owed.exclude(may_have_happened).update(state=CallState.DROPPED)
    owe(ticket, CallKind.CLOSE, LEFT, at=at)
    link.is_current = False
    link.save(update_fields=["is_current"])
    ticket.link_state = LINK_MOVES.target("leave", LinkState(ticket.link_state))
    ticket.save(update_fields=["link_state"])


def owe(ticket: Ticket, kind: CallKind, local_id: str, *, at: datetime) -> JiraCall | None:
    """We owe Jira a call about this ticket: once an intent, in the caller's transaction.

    A ticket that tier II works on here owes nothing.
    """
    if ticket.link_state == LinkState.NONE:
        return None
    link = JiraLink.objects.get(ticket=ticket, is_current=True)
    call, is_new = JiraCall.objects.get_or_create(
        link=link,
        kind=kind,
        local_id=local_id,
        defaults={"ticket": ticket, "owed_at": at, "due_at": at},
    )
    if is_new:
        hurry(tasks.call_jira, call_id=call.pk)
    return call
