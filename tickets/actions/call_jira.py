"""A worker makes one call that we owe Jira: once in effect, however often it is tried."""

import time
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from common.actions import publish_event
from common.hurry import hurry
from tickets import tasks
from tickets.actions.make_jira_call import MAKE, NothingToDo
from tickets.gateways.jira import JiraFailure, Outcome
from tickets.jira_words import client_of
from tickets.models import CallKind, CallState, JiraCall, JiraLink, JiraSite, Ticket
from tickets.states import LINK_MOVES, LinkState

UNTIL_MENDED = timedelta(minutes=10)


def call_jira(*, call_id: int, at: datetime) -> JiraCall:
    """Make one call that is owed, if it is due and it is its turn. Safe to run twice.

    1. Claim it with a lease, and note that it may have happened: whoever is killed from here on leaves a
       call that is looked for before it is repeated.
    2. Speak with Jira outside any transaction.
    3. Write down what came of it: done; put off, as Jira asks or longer each time; or failed, for a
       person to see and to try again by one click.

    Calls about one ticket go one after another: nothing can be said of an issue that is not there.
    """
    call = _claim(call_id, at)
    if call is None:
        return JiraCall.objects.get(pk=call_id)
    links = JiraLink.objects.select_related("project__site", "ticket__group", "ticket__topic")
    link = links.get(pk=call.link_id)
    try:
        with client_of(link.project.site) as client:
            remote_id = MAKE[CallKind(call.kind)](client, link, call)
    except NothingToDo as error:
        return _finish(call, at, state=CallState.DROPPED, error=str(error)[:300])
    except JiraFailure as failure:
        return _fail(call, link, failure, at)
    return _finish(call, at, state=CallState.DONE, error="", remote_id=remote_id, done_at=at)


def sweep_jira_calls(*, at: datetime) -> int:
    """Calls that are due and that no worker was told of, or whose worker died.

    A slow Jira makes it long: each call is taken at its own moment, so that no lease has run out before
    it begins.
    """
    found = list(_due(at).order_by("due_at", "pk").values_list("pk", flat=True)[:500])
    began = time.monotonic()
    for call_id in found:
        call_jira(call_id=call_id, at=at + timedelta(seconds=time.monotonic() - began))
    return len(found)


def try_jira_again(*, ticket: Ticket, at: datetime) -> int:
    """Somebody has mended what stood in the way: everything of this ticket that failed is owed again."""
    with transaction.atomic():
        ticket = Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
        failed = ticket.jira_calls.filter(state__in=[CallState.FAILED, CallState.OWED])
        count = failed.update(state=CallState.OWED, due_at=at, attempts=0, error="")
        if ticket.link_state == LinkState.FAILED:
            ticket.link_state = LINK_MOVES.target("queue", LinkState.FAILED)
            ticket.save(update_fields=["link_state"])
        publish_event(kind="ticket-changed", about=ticket, at=at)
    return count


def _due(at: datetime) -> QuerySet[JiraCall]:
    """Owed, due, free, and no earlier call of the same ticket is still owed."""
    earlier = JiraCall.objects.filter(
        link=OuterRef("link"), pk__lt=OuterRef("pk"), state=CallState.OWED
    )
    free = Q(taken_until__isnull=True) | Q(taken_until__lt=at)
    return (
        JiraCall.objects.filter(free, state=CallState.OWED, due_at__lte=at)
        .exclude(ticket__link_state=LinkState.FAILED)
        .filter(~Exists(earlier))
    )


def _claim(call_id: int, at: datetime) -> JiraCall | None:
    """Take the call, keeping whether an earlier try may have happened."""
    with transaction.atomic():
        call = _due(at).filter(pk=call_id).select_for_update(of=("self",)).first()
        if call is None:
            return None
        was_doubtful = call.is_doubtful
        lease = timedelta(seconds=settings.JIRA_LEASE_SECONDS)
        call.taken_until, call.is_doubtful = at + lease, True
        call.attempts += 1
        call.save(update_fields=["taken_until", "is_doubtful", "attempts"])
    call.is_doubtful = was_doubtful
    return call


def _finish(call: JiraCall, at: datetime, **changes: object) -> JiraCall:
    """Write how it ended, unless our lease ran out and another worker holds the call now."""
    with transaction.atomic():
        ours = JiraCall.objects.filter(
            pk=call.pk, state=CallState.OWED, taken_until=call.taken_until
        )
        if ours.update(taken_until=None, **changes):
            publish_event(kind="ticket-changed", about=Ticket(pk=call.ticket_id), at=at)
            _hurry_next(call, at)
    call.refresh_from_db()
    return call


def _hurry_next(call: JiraCall, at: datetime) -> None:

    following = JiraCall.objects.filter(
        link=call.link_id, state=CallState.OWED, pk__gt=call.pk, due_at__lte=at
    ).order_by("pk")
    if (first := following.first()) is not None:
        hurry(tasks.call_jira, call_id=first.pk)


def _fail(call: JiraCall, link: JiraLink, failure: JiraFailure, at: datetime) -> JiraCall:
    error = str(failure)[:300]
    if failure.stops_everything:
        JiraSite.objects.filter(pk=link.project.site_id).update(problem=error)
        return _finish(
            call, at, due_at=at + UNTIL_MENDED, is_doubtful=call.is_doubtful, error=error
        )
    if failure.outcome == Outcome.REFUSED:
        call = _finish(call, at, state=CallState.FAILED, is_doubtful=call.is_doubtful, error=error)
        if call.kind == CallKind.CREATE:
            is_current = JiraLink.objects.filter(pk=call.link_id, is_current=True)
            queued = Ticket.objects.filter(
                Exists(is_current), pk=call.ticket_id, link_state=LinkState.QUEUED
            )
            queued.update(link_state=LinkState.FAILED, moved_at=at)
        else:
            Ticket.objects.filter(pk=call.ticket_id).update(moved_at=at)
        return call
    is_doubtful = call.is_doubtful or failure.may_have_happened
    pauses = settings.JIRA_PAUSES_SECONDS
    lag = settings.JIRA_SEARCH_LAG_SECONDS if is_doubtful else 0
    wait = timedelta(
        seconds=max(failure.retry_after or 0, lag, pauses[min(call.attempts, len(pauses)) - 1])
    )
    return _finish(call, at, due_at=at + wait, is_doubtful=is_doubtful, error=error)
