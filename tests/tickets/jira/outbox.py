"""A group that works in a Jira: our side set up against the stand-in, and the worker played by hand."""

import datetime as dt

from django.utils import timezone

from tests.factories.tickets import group_named, raised
from tickets import actions
from tickets.models import JiraCall, JiraProject, JiraSite, Ticket

FIELD_MAP = {"description": "description", "klt": "number", "priority": "urgency", "x": "facts"}
SECRET = "webhook-secret"  # of the stand-in alone


def jira_site(standin, **changes):
    """IT works in this Jira."""
    group = group_named("IT")
    group.works_in = "jira"
    group.save()
    site = JiraSite.objects.create(
        code="kea",
        address=standin.address,
        edition="cloud" if standin.is_cloud else "data_center",
        account=standin.bot.email,
        token="test-token",
        webhook_secret=SECRET,
        own_identity=standin.bot.account_id if standin.is_cloud else standin.bot.name,
    )
    words = {"project_key": "KLT", "issue_type": "Task", "field_map": FIELD_MAP} | changes
    JiraProject.objects.create(site=site, group=group, **words)
    return site


def handed_over(at=None, **fields):
    return raised(at=at or timezone.now(), **fields)


def worker(at=None, times=12):
    """Calls that are due are made, as often as it takes, with the waits in between passed over."""
    at = at or timezone.now()
    for _ in range(times):
        JiraCall.objects.filter(state="owed").update(due_at=at)
        JiraCall.objects.filter(state="owed", taken_until__lt=at).update(taken_until=None)
        if not actions.sweep_jira_calls(at=at):
            return
        at += dt.timedelta(minutes=2)


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def issues(standin):
    return list(standin.issues.values())


def said(text):
    """A text as tier II reads it there, without the marks of its markup."""
    return text.wiki.replace("\\", "") if text else ""
