from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from common.states import MoveNotAllowed
from inquiries.actions.close_inquiry import close_inquiry
from inquiries.models import DraftPassing, Inquiry, InquiryDraft, SavedView
from inquiries.states import InquiryState

DRAFTS_KEPT_ASIDE = timedelta(hours=1)
SEARCHES_KEPT = timedelta(days=1)
MOST_AT_ONCE = 500


def close_settled_inquiries(*, at: datetime) -> int:
    """Settled inquiries about which nobody came back are closed.

    1. Take those whose quiet days are over, oldest first.
    2. Close each in its own transaction; one that was reopened meanwhile refuses and stays.
    """
    quiet_since = at - timedelta(days=settings.QUIET_DAYS)
    settled = Inquiry.objects.filter(
        state__in=[InquiryState.SOLVED, InquiryState.REFERRED_OUT], state_since__lte=quiet_since
    ).order_by("state_since")[:MOST_AT_ONCE]
    closed = 0
    for inquiry in settled:
        try:
            close_inquiry(inquiry=inquiry, by=None, at=at)
        except MoveNotAllowed:
            continue
        closed += 1
    return closed


def sweep_drafts(*, at: datetime) -> int:
    """Drafts that were thrown away or finished, and searches that have no name, go for good.

    1. Delete what was discarded, or became an inquiry, too long ago to be taken back. By whom what
       was thrown away had been passed on is of no use to anybody either.
    2. Delete unnamed searches of the days before: they hold names and numbers.
    """
    until = at - DRAFTS_KEPT_ASIDE
    aside = InquiryDraft.objects.filter(Q(discarded_at__lte=until) | Q(finished_at__lte=until))
    thrown_away = aside.filter(finished_at__isnull=True).values("key")
    DraftPassing.objects.filter(contact_key__in=thrown_away).delete()
    gone, _by_model = aside.delete()
    SavedView.objects.filter(name="", created_at__lte=at - SEARCHES_KEPT).delete()
    return gone


def forget_recordings(*, at: datetime) -> int:
    """References to recordings whose time is over are taken away, from the versions as well.

    1. Empty the references.
    """
    today = timezone.localdate(at)
    expired = {"recording_expires_on__lt": today}
    past = Inquiry.history.filter(**expired).exclude(recording_reference="")
    past.update(recording_reference="", recording_expires_on=None)
    rows = Inquiry.objects.filter(**expired).exclude(recording_reference="")
    return rows.update(recording_reference="", recording_expires_on=None)
