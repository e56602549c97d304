from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from tickets.actions.follow_issue import follow_issue
from tickets.gateways.jira import Issue, JiraClient, JiraFailure, Trouble
from tickets.jira_words import client_of
from tickets.models import JiraLink, JiraSite
from tickets.states import OPEN, LinkState

OVERLAP = timedelta(hours=2)  # Jira's clock and ours differ, and its index lags
A_DAY = timedelta(days=1)
FIRST_LOOK = timedelta(days=30)
JIRA_AWAY = {Trouble.UNREACHABLE, Trouble.NO_ANSWER, Trouble.BUSY}


def reconcile_jira(*, at: datetime) -> int:
    """The truth about linked tickets is asked of Jira itself; its messages only hurry it.

    1. Whatever changed in our projects since the last time, with two hours of overlap.
    2. Every open linked ticket that was not looked at for a day.

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
            looks.take(client, ((link, None) for link in _forgotten(site, at)))
            if looks.failure is not None:
                raise looks.failure
    except JiraFailure as failure:
        JiraSite.objects.filter(pk=site.pk).update(problem=str(failure)[:300])
        return looks.count
    JiraSite.objects.filter(pk=site.pk).update(problem="", reconciled_at=at)
    return looks.count


class _Looks:
    """Looks at issues one after another; one that cannot be read keeps nobody from the others."""

    def __init__(self, at: datetime) -> None:
        self.at, self.count = at, 0
        self.failure: JiraFailure | None = None

    def take(self, client: JiraClient, found: Iterable[tuple[JiraLink, Issue | None]]) -> None:
        for link, issue in found:
            try:
                self.count += follow_issue(link=link, client=client, at=self.at, issue=issue)
            except JiraFailure as failure:
                if failure.stops_everything or failure.trouble in JIRA_AWAY:
                    raise
                self.failure = failure


def _changed(
    site: JiraSite, client: JiraClient, at: datetime
) -> Iterator[tuple[JiraLink, Issue | None]]:
    keys = list(site.projects.order_by("project_key").values_list("project_key", flat=True))
    since = (site.reconciled_at or at - FIRST_LOOK) - OVERLAP
    for issue in client.issues_updated_since(sorted(set(keys)), since=since, now=at):
        link = _linked(site).filter(issue_id=issue.id).first()
        if link is not None and (link.updated_at is None or link.updated_at != issue.updated):
            yield link, issue


def _forgotten(site: JiraSite, at: datetime) -> QuerySet[JiraLink]:
    """Moved to a project that is not ours, deleted, or hidden: no list of changes tells of them."""
    unseen = Q(looked_at__isnull=True) | Q(looked_at__lt=at - A_DAY)
    links = _linked(site).filter(unseen, ticket__state__in=sorted(OPEN)).order_by("pk")
    return links[:1000]


def _linked(site: JiraSite) -> QuerySet[JiraLink]:
    return (
        JiraLink.objects.filter(project__site=site, is_current=True)
        .exclude(issue_id="")
        .exclude(ticket__link_state=LinkState.NONE)
        .select_related("project__site")
    )
