"""What of a ticket leaves for Jira: the allow-list of the project, and nothing else."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from tickets.gateways.jira import Edition, JiraClient, JiraSite, NewIssue, RemoteLink
from tickets.jira.marker import PROPERTY, label_of
from tickets.models import CallState, JiraCall, JiraLink, JiraProject, Ticket, TicketFact
from tickets.models import JiraSite as SiteRow
from tickets.states import LinkState
from tickets.trouble_words import trouble_in_words

# Fields of ours that a project may let out. No client, no contact, no personal code is among them.
MAY_LEAVE = (
    "number",
    "summary",
    "description",
    "steps_tried",
    "facts",
    "urgency",
    "urgency_reason",
    "topic",
    "language",
    "may_contact",
)
ALWAYS = ("summary",)
PRIORITIES = {"normal": "Medium", "high": "High", "critical": "Highest"}


@dataclass(frozen=True)
class Leaving:
    """One thing that goes out, for the preview: as Jira will name it, and the text."""

    name: str
    text: str


def client_of(site: SiteRow) -> JiraClient:
    return JiraClient(
        JiraSite(
            url=site.address,
            edition=Edition(site.edition),
            token=site.token,
            email=site.account,
            timeout=settings.JIRA_TIMEOUT_SECONDS,
        )
    )


def preview_of(ticket: Ticket, project: JiraProject) -> list[Leaving]:
    """Everything of a ticket that Jira will hold: what is not here does not leave."""
    issue = new_issue(ticket, JiraLink(ticket=ticket, project=project))
    return [
        Leaving("project", issue.project_key),
        Leaving("summary", issue.summary),
        Leaving("description", issue.description),
        *([Leaving("priority", issue.priority)] if issue.priority else []),
        *(Leaving(name, str(text)) for name, text in issue.more_fields.items()),
    ]


def new_issue(ticket: Ticket, link: JiraLink) -> NewIssue:
    """The issue as Jira is asked to make it, with our marker, by which it is found again."""
    project = link.project
    leaves = {ours for ours in project.field_map.values() if ours in MAY_LEAVE} | {*ALWAYS}
    return NewIssue(
        project_key=project.project_key,
        issue_type=project.issue_type,
        summary=ticket.summary,
        description=_description(ticket, leaves),
        labels=[label_of(link.marker)],
        priority=PRIORITIES[ticket.urgency]
        if project.field_map.get("priority") == "urgency"
        else "",
        more_fields={
            theirs: _said(ticket, ours)
            for theirs, ours in project.field_map.items()
            if theirs.startswith("customfield_") and ours in leaves
        },
        properties={PROPERTY: str(link.marker)},
    )


def _description(ticket: Ticket, leaves: set[str]) -> str:
    """In Estonian, the language of tier II: each part under its name."""
    parts = [
        ("", ticket.description if "description" in leaves else ""),
        ("Proovitud", ticket.steps_tried if "steps_tried" in leaves else ""),
        ("Andmed", _facts(ticket) if "facts" in leaves else ""),
        ("Kiireloomulisus", ticket.urgency_reason if "urgency_reason" in leaves else ""),
        ("Pilet", ticket.number if "number" in leaves else ""),
    ]
    return "\n\n".join(f"{name}:\n{text}" if name else text for name, text in parts if text)


def _facts(ticket: Ticket) -> str:

    names = dict(TicketFact.objects.values_list("code", "name_et"))
    return "\n".join(
        f"{names.get(code, code)}: {text}" for code, text in ticket.facts.items() if text
    )


def _said(ticket: Ticket, ours: str) -> str:
    if ours == "facts":
        return _facts(ticket)
    if ours == "topic":
        return ticket.topic.name_et if ticket.topic else ""
    return str(getattr(ticket, ours))


def remote_link(ticket: Ticket) -> RemoteLink:
    """The way back from the issue to the ticket: the same `global_id` is the same link."""
    return RemoteLink(
        global_id=f"system={settings.SITE_URL}&id={ticket.pk}",
        url=f"{settings.SITE_URL}{reverse('tickets:ticket', args=[ticket.pk])}",
        title=ticket.number,
        relationship="raised by",
        is_resolved=not ticket.is_open,
    )


def mark_of(link: JiraLink, what: str, local_id: str) -> uuid.UUID:
    """By which a comment of ours is known again in Jira: always the same for the same intent."""
    return uuid.uuid5(link.marker, f"{what}:{local_id}")


@dataclass(frozen=True)
class JiraStanding:
    """How a ticket stands with Jira, for its page."""

    link: JiraLink
    address: str
    troubles: list[tuple[JiraCall, str]]  # what is not done, and why, in words
    problem: str  # of that Jira as a whole, in words


def standing_of(ticket: Ticket) -> JiraStanding | None:
    """None where tier II works on the ticket here."""
    if ticket.link_state == LinkState.NONE:
        return None
    calls = list(
        JiraCall.objects.filter(link__ticket=ticket, link__is_current=True)
        .select_related("link__project__site")
        .order_by("pk")
    )
    link = calls[0].link if calls else _link_of(ticket)
    if link is None:
        return None
    site = link.project.site
    waiting = {CallState.OWED, CallState.FAILED}
    return JiraStanding(
        link=link,
        address=f"{site.address.rstrip('/')}/browse/{link.issue_key}",
        troubles=[
            (call, trouble_in_words(call.error))
            for call in calls
            if call.state in waiting and (call.error or call.state == CallState.FAILED)
        ],
        problem=trouble_in_words(site.problem),
    )


def _link_of(ticket: Ticket) -> JiraLink | None:
    links = JiraLink.objects.filter(ticket=ticket, is_current=True)
    return links.select_related("project__site").first()
