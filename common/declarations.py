"""What `common` itself counts and how long it keeps its own rows."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Min

from common.mail_states import MailState
from common.metrics import Gauge, Sample, registry
from common.models import Event, ExternalLink, Heartbeat, OutgoingMail, StoredReply
from common.retention import RetentionCategory, declare

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
