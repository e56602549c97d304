from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import ContactKind
from common.actions import queue_mail
from common.refusals import Refusal
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.fault_words import fault_sentences
from documents.letters import papers_in_words, papers_of, write_letter
from documents.models import CameBy, EnvelopeSigner, ReturnedFile
from documents.states import PAPER_MOVES, RETURN_MOVES, PaperState, ReturnState
from documents.variables import contact_point_of


class NoAddress(Refusal):
    """There is nobody to write to."""

    code = "no_address_for_faults"
    sentence = _("We have no e-mail address for the letter. Call the client instead.")


class NotFaulty(Refusal):
    code = "not_faulty"
    sentence = _("The file has no faults to write about.")


def refuse_return(
    *, returned: ReturnedFile, version: int, reason: str, by: User, at: datetime
) -> ReturnedFile:
    """A person finds a fault in what the machine found good.

    1. The signatures that this file brought count no more; those of other files stay.
    2. Whoever sent the file is told why. Nobody else is: they did right. Of the agency's own file
       nobody is written to.
    3. The papers wait for the next file.

    Raises MoveNotAllowed, StaleSave, NoAddress.
    """
    with transaction.atomic():
        case = lock_case(returned.envelope.case)
        case.claim_version(version)
        returned = ReturnedFile.objects.select_for_update(of=("self",)).get(pk=returned.pk)
        returned.state = RETURN_MOVES.target("refuse", ReturnState(returned.state))
        returned.refused_at, returned.refused_by = at, by
        returned.save(update_fields=["state", "refused_at", "refused_by"])
        returned.envelope.case = case
        returned.signed_by.update(signed_at=None, signed_in=None)
        for paper in returned.envelope.papers.active().order_by("pk"):
            paper.state = PAPER_MOVES.target("refuse", PaperState(paper.state))
            paper.return_check = None
            paper.save(update_fields=["state", "return_check"])
        if returned.came_by != CameBy.AGENCY:
            _write(returned, [reason], at)
        follow_papers(case=case, at=at)
        note_event(case=case, what="return_refused", by=by, at=at, reason=reason)
    return returned


def tell_faults(*, returned: ReturnedFile, by: User, at: datetime) -> ReturnedFile:
    """The machine found faults in a file; whoever sent it is told what they are and what to do.

    Told once: pressed again, it changes nothing. Raises NotFaulty, NoAddress.
    """
    with transaction.atomic():
        case = lock_case(returned.envelope.case)
        returned = ReturnedFile.objects.select_for_update(of=("self",)).get(pk=returned.pk)
        if returned.state != ReturnState.FAULTY:
            raise NotFaulty
        if returned.told_at is not None:
            return returned
        returned.envelope.case = case
        language = _language(returned)
        _write(returned, fault_sentences(returned, language=language), at)
        note_event(case=case, what="faults_told", by=by, at=at)
    return returned


def _write(returned: ReturnedFile, faults: list[str], at: datetime) -> None:
    to, language = _address(returned), _language(returned)
    if not to:
        raise NoAddress
    letter = write_letter(
        "faults",
        language=language,
        faults=faults,
        papers=papers_in_words(papers_of(returned.envelope), language),
    )
    queue_mail(
        key=f"documents.faults:{returned.pk}:{returned.state}",
        to=to,
        subject=letter.subject,
        text=letter.text,
        language=language,
        about=returned.envelope.case,
        at=at,
    )
    returned.told_at = at
    returned.save(update_fields=["told_at"])


def _address(returned: ReturnedFile) -> str:
    """Where the file came from; else the client's own confirmed address, but not for our own file."""
    if returned.came_by == CameBy.AGENCY:
        return ""
    if returned.signer is not None and returned.signer.email:
        return returned.signer.email
    point = contact_point_of(returned.envelope.case.client, ContactKind.EMAIL)
    return point.value if point is not None and point.is_confirmed else ""


def _language(returned: ReturnedFile) -> str:
    signer: EnvelopeSigner | None = returned.signer
    client = returned.envelope.case.client
    return signer.language if signer else client.language if client else "et"
