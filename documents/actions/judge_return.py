import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F

from documents.actions.check_on_return import check_on_return
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.comparison import Comparison, compare, signed_at
from documents.gateways.signature_checker import check_signed_file
from documents.kept_trust import KeptTrust, trust_list_in_use
from documents.models import Envelope, EnvelopeSigner, Paper, ReturnedFile
from documents.signatures import Report, SignatureReport
from documents.signatures.report_json import from_json, to_json
from documents.states import PAPER_MOVES, RETURN_MOVES, PaperState, ReturnState

OWED = (ReturnState.RECEIVED, ReturnState.UNCHECKED)
Mark = tuple[str, datetime | None, datetime | None]


def judge_return(*, returned: ReturnedFile, at: datetime) -> ReturnedFile:
    """A signed file that came in is checked.

    1. If it has been judged, do nothing. Otherwise note that it is being tried.
    2. Without a trusted list nothing can be called valid: it waits, and says so.
    3. Judge it in a process of its own, which a hostile file can at most bring down.
    4. Lock the case and compare: valid, by our people, over our papers?
    5. Good: write down who has signed. When all have, ask once more whether they might, and the papers
       wait for a person. Otherwise the faults are kept, and the papers wait for the next file.

    Safe to run twice, at once, and to be killed at any moment.
    """
    if returned.state not in OWED:
        return returned
    ReturnedFile.objects.filter(pk=returned.pk).update(attempts=F("attempts") + 1, tried_at=at)
    trust = trust_list_in_use(at)
    if trust is None:
        return _wait(returned)
    with returned.stored_file.file.open("rb") as file:
        content = file.read()
    report = check_signed_file(
        content, name=returned.stored_file.original_name, trust_list=trust.contents, at=at
    )
    return _settle(returned, report, trust, content.startswith(b"%PDF-"), at)


def _wait(returned: ReturnedFile) -> ReturnedFile:
    ReturnedFile.objects.filter(pk=returned.pk, state__in=OWED).update(
        state=RETURN_MOVES.target("wait_for_list", ReturnState(returned.state))
    )
    returned.refresh_from_db()
    return returned


def _settle(
    returned: ReturnedFile,
    report: Report,
    trust: KeptTrust,
    is_pdf: bool,
    at: datetime,
) -> ReturnedFile:
    with transaction.atomic():
        case = lock_case(returned.envelope.case)
        returned = ReturnedFile.objects.select_for_update(of=("self",)).get(pk=returned.pk)
        if returned.state not in OWED:
            return returned
        envelope = returned.envelope
        envelope.case = case
        papers = list(envelope.papers.active().order_by("pk"))
        signers = list(envelope.signers.select_related("delegation"))
        files = {paper.file_name: paper.sha256 for paper in papers}
        found = compare(report, files=files, signers=signers, is_pdf=is_pdf)
        move = "judge_good" if found.is_good else "judge_faulty"
        returned.state = RETURN_MOVES.target(move, ReturnState(returned.state))
        returned.report = json.dumps(to_json(report), ensure_ascii=False)
        returned.faults = [[one.fault.value, one.detail] for one in found.faults]
        returned.people = [one.pk for one, _signature in found.signed]
        returned.judged_at, returned.judged_by_list = at, trust.names
        returned.save()
        if found.is_good:
            _write_signatures(returned, found)
        move_papers(envelope, papers, is_good=found.is_good, at=at)
        note_event(
            case=case,
            what="return_good" if found.is_good else "return_faulty",
            by=None,
            at=at,
            people=len(found.signed),
        )
        follow_papers(case=case, at=at)
    return returned


def _write_signatures(returned: ReturnedFile, found: Comparison) -> None:
    """A signature that a person has refused fills no place again, whatever container it comes back in."""
    refused = _refused_signatures(returned.envelope)
    for signer, signature in found.signed:
        if signer.signed_in_id is None and _mark(signature) not in refused:
            signer.signed_at = signed_at(signature) or returned.received_at
            signer.signed_in = returned
            signer.save(update_fields=["signed_at", "signed_in"])


def _refused_signatures(envelope: Envelope) -> set[Mark]:
    refused = envelope.returns.filter(state=ReturnState.REFUSED)
    reports = [from_json(json.loads(one.report)) for one in refused]
    return {_mark(signature) for report in reports for signature in report.signatures}


def _mark(signature: SignatureReport) -> Mark:
    """By what one signature is told from another of the same person: by its moment."""
    return signature.certificate_sha256, signature.signed_at, signature.claimed_at


def move_papers(
    envelope: Envelope, papers: Sequence[Paper], *, is_good: bool, at: datetime
) -> None:
    """Let the papers of an envelope stand where its signatures stand, in the caller's transaction.

    The register is asked once, when the last signature has come: what a person has confirmed meanwhile
    keeps the check by which it was confirmed. A faulty file brings no expired paper back to life.
    """
    move = _move(list(envelope.signers.all()), is_good=is_good)
    target = PAPER_MOVES.table[move].target
    stay = {target} if is_good else {target, PaperState.EXPIRED}
    moved = [one for one in papers if one.state not in stay and PAPER_MOVES.allows(move, one.state)]
    for paper in moved:
        paper.state = target
        paper.save(update_fields=["state"])
    if move == "receive_whole" and is_good:
        check_on_return(envelope=envelope, papers=moved, at=at)


def _move(signers: Sequence[EnvelopeSigner], *, is_good: bool) -> str:
    """A faulty file takes nothing back of what others have signed well."""
    signed = [one for one in signers if one.signed_in_id is not None]
    if len(signed) == len(signers):
        return "receive_whole"
    if not signed or (not is_good and all(one.is_agency for one in signed)):
        return "receive_fault"
    if signed and all(one.is_agency for one in signed):
        return "sign_for_agency"
    return "receive_part"
