from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from common.refusals import Refusal
from documents.actions.check_on_return import check_on_return
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.actions.receive_return import EnvelopeSettled
from documents.actions.send_envelope import revoke_links_of
from documents.kinds import Guard, SignerRole
from documents.models import Envelope, Paper
from documents.queries.missing import GUARDS, SENTENCES
from documents.signers import from_paper, is_covered, representatives
from documents.states import PAPER_MOVES, PaperState
from registry.states import CheckPurpose

NOT_ALL = _("Not everybody has signed yet.")
CHECK_UNDERWAY = _("The register is being asked once more about the right of representation.")
CHECK_TO_READ = _("The answer of the register must be read and confirmed by a person.")
CHECK_NEGATIVE = _("By the register those who signed may not sign for the organisation today.")
CHECK_OLD = _("The check of the right of representation is no longer of today: check again.")


class ReturnNotConfirmable(Refusal):
    """Something still stands against accepting what came back."""

    code = "return_not_confirmable"
    sentence = _("The papers cannot be accepted yet: %(first)s")

    def __init__(self, reasons: Sequence[Promise]) -> None:
        super().__init__(first=reasons[0])
        self.reasons = list(reasons)


def confirm_return(*, envelope: Envelope, version: int, by: User, at: datetime) -> Envelope:
    """A person has looked at what the machine found, and accepts the papers of an envelope.

    1. Everybody has signed, and the register says today that they might; a main user who signed holds
       an authorisation in force, and what the papers give has not run out on the way.
    2. Each paper becomes a registered document with its day; who confirmed it is kept.
    3. The links to the client page open no more.

    Raises ReturnNotConfirmable, EnvelopeSettled, MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        case = lock_case(envelope.case)
        case.claim_version(version)
        papers = list(envelope.papers.active().select_for_update(of=("self",)).order_by("pk"))
        if not papers:
            raise EnvelopeSettled
        for paper in papers:
            paper.case = case
            PAPER_MOVES.target("confirm", PaperState(paper.state))
        reasons = what_stands_against(envelope, papers, at)
        if reasons:
            raise ReturnNotConfirmable(reasons)
        for paper in papers:
            paper.state = PAPER_MOVES.target("confirm", PaperState(paper.state))
            paper.checked_at, paper.checked_by = at, by
            paper.registered_on = timezone.localdate(at)
            paper.save(update_fields=["state", "checked_at", "checked_by", "registered_on"])
        revoke_links_of(envelope, at=at)
        follow_papers(case=case, at=at)
        record_access(what="paper.confirm", by=by, at=at, subject=envelope, reason=case.number)
        note_event(case=case, what="return_confirmed", by=by, at=at)
    return envelope


def what_stands_against(envelope: Envelope, papers: Sequence[Paper], at: datetime) -> list[Promise]:
    """Say in plain words why the papers cannot be accepted yet; empty means that they can."""
    reasons: list[Promise] = []
    if envelope.signers.filter(signed_at=None).exists():
        reasons.append(NOT_ALL)
    for paper in papers:
        if Guard.REPRESENTATION in paper.guards:
            reasons += _of_check(paper, at)
        if Guard.SERVICES in paper.guards:
            reasons += [SENTENCES[code] for code in GUARDS[Guard.SERVICES](paper, at)]
        if Guard.MAIN_USER in paper.guards:
            moment = at if paper.rules.grants else _signed_by_main_user(envelope) or at
            reasons += [SENTENCES[code] for code in GUARDS[Guard.MAIN_USER](paper, moment)]
    return list(dict.fromkeys(reasons))


def _signed_by_main_user(envelope: Envelope) -> datetime | None:
    """What main users end is ended by whoever was one on signing; what they give needs one today."""
    signer = envelope.signers.filter(role=SignerRole.MAIN_USER).first()
    return signer.signed_at if signer else None


def _of_check(paper: Paper, at: datetime) -> list[Promise]:
    check = paper.return_check
    if check is None or check.is_underway:
        return [CHECK_UNDERWAY]
    if check.waits_for_people:
        return [CHECK_TO_READ]
    chosen = [from_paper(one) for one in representatives(paper)]
    if not check.allows_representation or not is_covered(check, chosen):
        return [CHECK_NEGATIVE]
    return [] if check.is_fresh(at, CheckPurpose.RETURN) else [CHECK_OLD]


def check_return_again(*, envelope: Envelope, version: int, by: User, at: datetime) -> Envelope:
    """The check made when all had signed is of yesterday, or was declined: ask the register anew.

    Raises MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        case = lock_case(envelope.case)
        case.claim_version(version)
        envelope.case = case
        papers = list(envelope.papers.active().order_by("pk"))
        for paper in papers:
            PAPER_MOVES.target("confirm", PaperState(paper.state))
        check_on_return(envelope=envelope, papers=papers, at=at)
        note_event(case=case, what="return_check_requested", by=by, at=at)
    return envelope
