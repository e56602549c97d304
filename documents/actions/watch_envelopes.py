from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from common.clock import working_clock
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.actions.send_envelope import ask_signer, revoke_links_of
from documents.models import Envelope, Paper
from documents.states import PAPER_MOVES, WITH_THE_CLIENT, PaperState


def watch_envelopes(*, at: datetime) -> int:
    """Papers that lie with clients are looked through, once an hour.

    1. After five and after ten working days whoever has not signed is reminded.
    2. After thirty days the papers expire and their links open no more; sending again renews them.

    Each envelope is its own transaction, so a killed worker begins again without reminding twice.
    """
    waiting = Envelope.objects.filter(
        sent_at__isnull=False, opened_at=None, papers__state__in=WITH_THE_CLIENT
    )
    ids = list(waiting.distinct().order_by("sent_at").values_list("pk", flat=True))
    return sum(_watch(pk, at) for pk in ids)


def _watch(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        case = lock_case(Envelope.objects.select_related("case").get(pk=pk).case)
        envelope = Envelope.objects.select_for_update(of=("self",)).get(pk=pk)
        envelope.case = case
        papers = list(envelope.papers.filter(state__in=WITH_THE_CLIENT).order_by("pk"))
        if not papers or envelope.sent_at is None:
            return False
        if at >= envelope.sent_at + timedelta(days=settings.CLIENT_PAGE_DAYS):
            return _expire(envelope, papers, at)
        return _remind(envelope, at)


def _expire(envelope: Envelope, papers: list[Paper], at: datetime) -> bool:
    for paper in papers:
        paper.state = PAPER_MOVES.target("expire", PaperState(paper.state))
        paper.save(update_fields=["state"])
    revoke_links_of(envelope, at=at)
    follow_papers(case=envelope.case, at=at)
    note_event(case=envelope.case, what="envelope_expired", by=None, at=at)
    return True


def _remind(envelope: Envelope, at: datetime) -> bool:
    due = settings.REMIND_CLIENT_AFTER_WORKING_DAYS
    if envelope.sent_at is None or envelope.reminders >= len(due):
        return False
    sent_on, clock = timezone.localdate(envelope.sent_at), working_clock()
    passed = [days for days in due if clock.add_days(sent_on, days) <= timezone.localdate(at)]
    if len(passed) <= envelope.reminders or not clock.is_open(at):
        return False
    envelope.reminders = len(passed)
    envelope.save(update_fields=["reminders"])
    late = [one for one in envelope.signers.all() if one.email and not one.signed_at]
    for signer in late:
        ask_signer(signer=signer, envelope=envelope, is_reminder=True, by=None, at=at)
    note_event(case=envelope.case, what="reminded", by=None, at=at, people=len(late))
    return True
