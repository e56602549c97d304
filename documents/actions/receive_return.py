from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.actions import store_file
from common.file_types import ASICE, PDF
from common.hurry import hurry
from common.models import IncomingMail
from common.refusals import Refusal
from common.uploads import CheckedUpload
from documents import tasks
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.kept_trust import trust_list_in_use
from documents.models import CameBy, Envelope, EnvelopeSigner, ReturnedFile
from documents.states import OPEN_TO_RETURNS, RETURN_MOVES, PaperState, ReturnState

ACCEPTED = (ASICE, PDF)


class EnvelopeSettled(Refusal):
    """The papers have been accepted, or set aside: no signed file is expected any more."""

    code = "envelope_settled"
    sentence = _("These papers are not waiting for signatures any more.")


def receive_return(
    *,
    envelope: Envelope,
    upload: CheckedUpload,
    came_by: CameBy,
    at: datetime,
    by: User | None = None,
    signer: EnvelopeSigner | None = None,
    mail: IncomingMail | None = None,
    evidence: str = "",
) -> ReturnedFile:
    """A signed file came in for an envelope.

    1. The very bytes that came before, by whatever way, are the file that came before. If they were found
       faulty by older trusted lists than those in use now, they are judged anew.
    2. Keep it with its hash, who brought it and how.
    3. Hurry the checker; the file is owed an answer from here on.

    Raises EnvelopeSettled.
    """
    with transaction.atomic():
        case = lock_case(envelope.case)
        known = envelope.returns.filter(stored_file__sha256=upload.sha256).first()
        if known is not None:
            return _judge_anew(known, at)
        if not is_open_to_returns(envelope):
            raise EnvelopeSettled
        returned = ReturnedFile.objects.create(
            envelope=envelope,
            came_by=came_by,
            stored_file=store_file(upload=upload, by=by, at=at),
            signer=signer,
            mail=mail,
            evidence=evidence,
            received_at=at,
            received_by=by,
        )
        note_event(case=case, what="return_received", by=by, at=at, way=came_by)
        hurry(tasks.judge_return, returned_id=returned.pk)
    return returned


def _judge_anew(known: ReturnedFile, at: datetime) -> ReturnedFile:
    """A list that was out of date can make a good file look faulty; nothing else changes bytes."""
    trust = trust_list_in_use(at) if known.state == ReturnState.FAULTY else None
    if (
        trust is None
        or trust.names == known.judged_by_list
        or not is_open_to_returns(known.envelope)
    ):
        return known
    known.state = RETURN_MOVES.target("judge_anew", ReturnState(known.state))
    known.judged_at, known.report, known.faults, known.people = None, "", [], []
    known.save(update_fields=["state", "judged_at", "report", "faults", "people"])
    hurry(tasks.judge_return, returned_id=known.pk)
    return known


def is_open_to_returns(envelope: Envelope) -> bool:
    states = [*OPEN_TO_RETURNS, PaperState.EXPIRED]
    return envelope.opened_at is None and envelope.papers.filter(state__in=states).exists()
