from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice

from django.db.models import Q, QuerySet

from tickets.actions.follow_issue import follow_issue
from tickets.clocks_of import terms_now
from tickets.gateways.jira import Issue, JiraClient, JiraFailure, Trouble
from tickets.jira_words import client_of
from tickets.models import JiraLink, JiraSite
from tickets.states import OPEN, LinkState

OVERLAP = timedelta(hours=2)  # Jira's clock and ours differ, and its index lags
A_DAY = timedelta(days=1)
FIRST_LOOK = timedelta(days=30)
AT_ONCE, MOST = (
    50,
    10_000,
)  # links that are looked up together; tickets of a pass that were forgotten
LONG_TEXTS = ("ticket__description", "ticket__steps_tried", "ticket__solution", "ticket__facts")
JIRA_AWAY = {Trouble.UNREACHABLE, Trouble.NO_ANSWER, Trouble.BUSY}


def reconcile_jira(*, at: datetime) -> int:
    """The truth about linked tickets is asked of Jira itself; its messages only hurry it.

    1. Whatever changed in our projects since the last time, with two hours of overlap.
    2. Every open linked ticket that was not looked at for a day, and each that could not be read.

    What fails is noted at the Jira for people to see, and asked again the next time. Returns how many
    tickets changed.
    """
    sites = JiraSite.objects.filter(is_active=True).order_by("pk")
    return sum(_reconcile(site, at) for site in sites if site.token and _take_turn(site, at))


def _take_turn(site: JiraSite, at: datetime) -> bool:
    """One worker asks a Jira at a time."""
    free = Q(tried_at__isnull=True) | Q(tried_at__lt=at - timedelta(seconds=30))
    return bool(JiraSite.objects.filter(free, pk=site.pk).update(tried_at=at))


def _reconcile(site: JiraSite, at: datetime) -> int:
    looks = _Looks(at)
    try:
        with client_of(site) as client:
            if not site.own_identity:
                site.own_identity = client.who_am_i().account
                site.save(update_fields=["own_identity"])
            looks.take(client, _changed(site, client, at))
            looks.take(client, _forgotten(site, client, at))
    except JiraFailure as failure:
        JiraSite.objects.filter(pk=site.pk).update(problem=str(failure)[:300])
        return looks.count
    problem = str(looks.failure)[:300] if looks.failure else ""
    JiraSite.objects.filter(pk=site.pk).update(problem=problem, reconciled_at=at)
    return looks.count


class _Looks:
    """Looks at issues one after another; one that cannot be read keeps nobody from the others.

    It counts as never looked at, so each pass asks for it anew, and the pass itself is done.
    """

    def __init__(self, at: datetime) -> None:
        self.at, self.count = at, 0
        self.terms = terms_now()  # of the clocks, once for all
        self.failure: JiraFailure | None = None

    def take(self, client: JiraClient, found: Iterable[tuple[JiraLink, Issue | None]]) -> None:
        for link, issue in found:
            try:
                self.count += follow_issue(
                    link=link, client=client, at=self.at, issue=issue, terms=self.terms
                )
            except JiraFailure as failure:
                if failure.stops_everything or failure.trouble in JIRA_AWAY:
                    raise
                self.failure = failure
                JiraLink.objects.filter(pk=link.pk).update(looked_at=None)


def _changed(
    site: JiraSite, client: JiraClient, at: datetime
) -> Iterator[tuple[JiraLink, Issue | None]]:
    keys = list(site.projects.order_by("project_key").values_list("project_key", flat=True))
    since = (site.reconciled_at or at - FIRST_LOOK) - OVERLAP
    changed = client.issues_updated_since(sorted(set(keys)), since=since, now=at)
    while issues := list(islice(changed, AT_ONCE)):
        links = _links_of(site, issues)
        for issue in issues:
            link = links.get(issue.id)
            if link is not None and (link.updated_at is None or link.updated_at != issue.updated):
                yield link, issue


def _forgotten(
    site: JiraSite, client: JiraClient, at: datetime
) -> Iterator[tuple[JiraLink, Issue | None]]:
    """Moved to a project that is not ours, deleted, or hidden: no list of changes tells of them.

    Many are asked for at once; only what changed, or is not in the answer, is looked at one by one.
    """
    unseen = Q(looked_at__isnull=True) | Q(looked_at__lt=at - A_DAY, ticket__state__in=sorted(OPEN))
    links = iter(_linked(site).filter(unseen).order_by("pk")[:MOST])
    while some := list(islice(links, AT_ONCE)):
        there = {issue.id: issue for issue in client.issues_of([link.issue_id for link in some])}
        as_it_was = [link.pk for link in some if _is_as_it_was(link, there.get(link.issue_id))]
        JiraLink.objects.filter(pk__in=as_it_was).update(looked_at=at)
        yield from ((one, there.get(one.issue_id)) for one in some if one.pk not in as_it_was)


def _is_as_it_was(link: JiraLink, issue: Issue | None) -> bool:
    return (
        issue is not None
        and link.ticket.link_state == LinkState.LINKED
        and link.updated_at is not None
        and issue.updated is not None
        and issue.updated <= link.updated_at
    )


def _links_of(site: JiraSite, issues: Iterable[Issue]) -> dict[str, JiraLink]:
    found = _linked(site).filter(issue_id__in=[issue.id for issue in issues])
    return {link.issue_id: link for link in found}


def _linked(site: JiraSite) -> QuerySet[JiraLink]:
    return (
        JiraLink.objects.filter(project__site=site, is_current=True)
        .exclude(issue_id="")
        .exclude(ticket__link_state=LinkState.NONE)
        .select_related("project__site", "ticket")
        .defer(*LONG_TEXTS)
    )
