"""What the system owes at a moment, read from its rows, and time that passes for them."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from common.mail_states import MailState
from common.models import OutgoingMail
from documents.models import Paper
from documents.states import PaperState
from registry.models import RegisterTurn, RepresentationCheck
from registry.states import CheckState

A_WHILE = timedelta(hours=2)  # longer than any lease, grace or back-off
UNDERWAY = (CheckState.REQUESTED, CheckState.ASKING, CheckState.WAITING)
WAITING_MAIL = (MailState.QUEUED, MailState.SENDING)


def owed():
    return {
        "letters": OutgoingMail.objects.filter(state__in=WAITING_MAIL).count(),
        "checks": RepresentationCheck.objects.filter(state__in=UNDERWAY).count(),
        "drafts": Paper.objects.filter(state=PaperState.DRAFT_REQUESTED).count(),
    }


def in_hands():
    """What a worker that was killed just now had in its hands."""
    return {
        "letters": OutgoingMail.objects.filter(state=MailState.SENDING).count(),
        "checks": RepresentationCheck.objects.filter(state=CheckState.ASKING).count(),
        "drafts": Paper.objects.filter(
            state=PaperState.DRAFT_REQUESTED, tried_at__isnull=False
        ).count(),
    }


def give_leases_time():
    """Let the leases of a dead worker run out. Only while no worker lives."""
    OutgoingMail.objects.filter(state=MailState.SENDING).update(
        leased_until=F("leased_until") - A_WHILE
    )
    RepresentationCheck.objects.filter(state=CheckState.ASKING).update(
        leased_until=F("leased_until") - A_WHILE
    )
    RegisterTurn.objects.filter(held_until__isnull=False).update(
        held_until=F("held_until") - A_WHILE
    )


def give_waiting_time():
    """Let what nobody holds become due: back-offs, and the grace before a sweep looks."""
    before = timezone.now() - A_WHILE
    OutgoingMail.objects.filter(state=MailState.QUEUED, due_at__gt=before).update(due_at=before)
    underway = RepresentationCheck.objects.filter(state__in=UNDERWAY)
    underway.filter(next_try_at__gt=before).update(next_try_at=before)
    underway.filter(requested_at__gt=before).update(requested_at=before)
    drafts = Paper.objects.filter(state=PaperState.DRAFT_REQUESTED)
    drafts.filter(tried_at__gt=before).update(tried_at=before)
    drafts.filter(requested_at__gt=before).update(requested_at=before)
