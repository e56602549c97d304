"""What `common` itself counts and how long it keeps its own rows."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Min

from common.mail_states import IncomingState, MailState
from common.metrics import Gauge, Sample, registry
from common.models import Event, ExternalLink, Heartbeat, IncomingMail, OutgoingMail, StoredReply
from common.queries import mailbox_in_use
from common.retention import RetentionCategory, declare

WAITING = (IncomingState.RECEIVED, IncomingState.SET_ASIDE)
REPLIES_KEPT = timedelta(days=7)
LINKS_KEPT = timedelta(days=365)


def mail_by_state(at: datetime) -> Iterable[Sample]:
    unsent = OutgoingMail.objects.exclude(state=MailState.SENT)
    found = dict(unsent.values_list("state").annotate(Count("pk")))
    return [
        ({"state": state}, found.get(state, 0)) for state in MailState if state != MailState.SENT
    ]


def oldest_due_mail_seconds(at: datetime) -> Iterable[Sample]:
    oldest = OutgoingMail.objects.due(at).aggregate(oldest=Min("due_at"))["oldest"]
    return [({}, (at - oldest).total_seconds() if oldest else 0)]


def mailbox_read_seconds(at: datetime) -> Iterable[Sample]:
    """Nothing while no mailbox has been set up, or none was read yet."""
    moments = mailbox_in_use().values_list("read_at", flat=True)
    return [({}, (at - moment).total_seconds()) for moment in moments if moment]


def mailbox_failures(at: datetime) -> Iterable[Sample]:
    return [({}, failures) for failures in mailbox_in_use().values_list("failures", flat=True)]


def incoming_mail_by_state(at: datetime) -> Iterable[Sample]:
    waiting = IncomingMail.objects.filter(state__in=WAITING)
    found = dict(waiting.values_list("state").annotate(Count("pk")))
    return [({"state": state}, found.get(state, 0)) for state in WAITING]


def heartbeat_seconds(at: datetime) -> Iterable[Sample]:
    return [
        ({"name": beat.name}, (at - beat.at).total_seconds()) for beat in Heartbeat.objects.all()
    ]


def events_kept(at: datetime) -> Iterable[Sample]:
    return [({}, Event.objects.count())]


registry.register(
    Gauge("servicedesk_mail", "Letters not sent yet, by state.", mail_by_state),
    Gauge(
        "servicedesk_mail_oldest_due_seconds",
        "How long the longest waiting letter is overdue.",
        oldest_due_mail_seconds,
    ),
    Gauge(
        "servicedesk_mailbox_read_seconds",
        "How long ago the mailbox was last read.",
        mailbox_read_seconds,
    ),
    Gauge(
        "servicedesk_mailbox_failures",
        "Readings of the mailbox in vain since the last one that succeeded.",
        mailbox_failures,
    ),
    Gauge(
        "servicedesk_incoming_mail",
        "Mail of the mailbox that waits to be filed, or for a person's decision.",
        incoming_mail_by_state,
    ),
    Gauge("servicedesk_heartbeat_seconds", "Age of the last sign of life.", heartbeat_seconds),
    Gauge("servicedesk_events", "Live events kept.", events_kept),
)
declare(
    RetentionCategory(
        "common.stored_reply",
        "A caller of the API repeats a request within days at most.",
        lambda at: StoredReply.objects.filter(at__lt=at - REPLIES_KEPT),
    ),
    RetentionCategory(
        "common.external_link",
        "Who opened what must be answerable for a year after a link has ended.",
        lambda at: ExternalLink.objects.filter(expires_at__lt=at - LINKS_KEPT),
    ),
)
