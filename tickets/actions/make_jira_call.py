"""Each kind of call that we owe Jira: look whether it has happened, and only then do it."""

from collections.abc import Callable

from django.db import transaction

from common.models import StoredFile
from tickets.actions.owe_jira import LEFT
from tickets.gateways.jira import Issue, JiraClient, JiraFailure, Outcome, Transition, Trouble
from tickets.jira.marker import label_of, marked_comment, marker_in_comment
from tickets.jira_words import mark_of, new_issue, remote_link
from tickets.models import CallKind, JiraCall, JiraLink, Ticket, TicketComment
from tickets.states import LINK_MOVES, LinkState

DONE = "done"  # category of Jira's statuses


class NothingToDo(Exception):
    """What was owed is not wanted any more."""


def create(client: JiraClient, link: JiraLink, call: JiraCall) -> str:
    """An issue with our marker. Jira has no idempotency key: after a doubtful try it is looked for first."""
    if not link.issue_id:
        found = client.find_by_label(label_of(link.marker)) if call.is_doubtful else ()
        if not found and not link.is_current:
            raise NothingToDo("another group goes on elsewhere")
        issue = found[0] if found else client.create_issue(new_issue(link.ticket, link))
        _keep_issue(link, issue.id, issue.key)
    return link.issue_id


def _keep_issue(link: JiraLink, issue_id: str, issue_key: str) -> None:
    with transaction.atomic():
        ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=link.ticket_id)
        link.issue_id, link.issue_key = issue_id, issue_key
        link.save(update_fields=["issue_id", "issue_key"])
        is_current = JiraLink.objects.filter(pk=link.pk, is_current=True).exists()
        if is_current and LINK_MOVES.allows("create", ticket.link_state):
            ticket.link_state = LINK_MOVES.target("create", LinkState(ticket.link_state))
            ticket.save(update_fields=["link_state"])


def comment(client: JiraClient, link: JiraLink, call: JiraCall) -> str:
    """A word to tier II, with who says it; our own mark on it keeps it from coming back as theirs."""
    _need_issue(link)
    said = TicketComment.objects.filter(pk=call.local_id).select_related("by").first()
    if said is None or not link.project.sends_comments:
        raise NothingToDo("comments do not leave")
    mark = mark_of(link, "comment", call.local_id)
    if call.is_doubtful:
        for known in client.list_comments(link.issue_id):
            if marker_in_comment(known.text) == mark:
                return _keep_comment(said, known.id)
    text = marked_comment(said.text or "–", author=said.writer, marker=mark)
    return _keep_comment(said, client.add_comment(link.issue_id, text).id)


def _keep_comment(said: TicketComment, remote_id: str) -> str:
    TicketComment.objects.filter(pk=said.pk).update(remote_id=remote_id)
    return remote_id


def send_file(client: JiraClient, link: JiraLink, call: JiraCall) -> str:
    """A file of a word to tier II, under a name that is known again."""
    _need_issue(link)
    stored = StoredFile.objects.filter(pk=call.local_id).first()
    if stored is None or not link.project.sends_files:
        raise NothingToDo("files do not leave")
    name = f"{link.ticket.number}-{stored.pk}-{stored.original_name}"
    if call.is_doubtful:
        for known in client.list_attachments(link.issue_id):
            if known.name == name:
                return known.id
    with stored.file.open("rb") as file:
        content = file.read()
    return client.attach(
        link.issue_id, name=name, content=content, content_type=stored.content_type
    ).id


def close(client: JiraClient, link: JiraLink, call: JiraCall) -> str:
    """The client knows, so the issue is closed there too, unless it is or the ticket is open again."""
    _need_issue(link)
    if link.ticket.is_open and call.local_id != LEFT:
        raise NothingToDo("the ticket is open")
    issue = client.read_issue(link.issue_id)
    if issue.category != DONE or not _is_at(issue, link.project.close_transition, client, link):
        _go(client, link, link.project.close_transition, to_done=True, issue=issue)
    return issue.id


def reopen(client: JiraClient, link: JiraLink, call: JiraCall) -> str:
    """The solution did not help: the issue is open again there too."""
    _need_issue(link)
    if not link.ticket.is_open:
        raise NothingToDo("the ticket is closed")
    issue = client.read_issue(link.issue_id)
    if issue.category == DONE:
        _go(client, link, link.project.reopen_transition, to_done=False, issue=issue)
    return issue.id


def show_ticket(client: JiraClient, link: JiraLink, call: JiraCall) -> str:
    """The way back to our ticket; the same link is overwritten, so it can be sent twice."""
    _need_issue(link)
    client.put_remote_link(link.issue_id, remote_link(link.ticket))
    return link.issue_id


def _need_issue(link: JiraLink) -> None:
    if not link.issue_id:
        raise NothingToDo("there is no issue")


def _is_at(issue: Issue, wanted: str, client: JiraClient, link: JiraLink) -> bool:
    """Whether an issue that is done stands where closing leads to: no way there is left to go."""
    if not wanted:
        return True
    return not any(one.name.casefold() == wanted.casefold() for one in client.transitions(issue.id))


def _go(client: JiraClient, link: JiraLink, wanted: str, *, to_done: bool, issue: Issue) -> None:
    moves = client.transitions(issue.id)
    chosen = _chosen(moves, wanted, to_done=to_done)
    if chosen is None:
        raise JiraFailure(
            Trouble.INVALID,
            Outcome.REFUSED,
            sentences=(f"No transition “{wanted}” from “{issue.status}”.",),
        )
    client.transition(issue.id, chosen.id)


def _chosen(moves: tuple[Transition, ...], wanted: str, *, to_done: bool) -> Transition | None:
    """The transition that the project names, else the first that leads where it should."""
    named = [one for one in moves if one.name.casefold() == wanted.casefold()] if wanted else []
    fitting = [one for one in moves if (one.to_category == DONE) == to_done]
    return next(iter([*named, *([] if wanted else fitting)]), None)


MAKE: dict[CallKind, Callable[[JiraClient, JiraLink, JiraCall], str]] = {
    CallKind.CREATE: create,
    CallKind.COMMENT: comment,
    CallKind.FILE: send_file,
    CallKind.CLOSE: close,
    CallKind.REOPEN: reopen,
    CallKind.LINK: show_ticket,
}
