from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from common.states import MoveNotAllowed
from documents.actions.ask_check import ask_check
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_case, lock_paper
from documents.actions.note_event import note_event
from documents.actions.write_signers import write_signers
from documents.kinds import KINDS, Effect, Guard, SignerRole
from documents.models import Access, AccessCase, Paper, PaperContent
from documents.signers import from_paper, masked, representatives
from documents.states import OPEN_CASES
from registry.models import RepresentationCheck


class AccessOfAnother(Refusal):
    """What the paper would end, or who would sign it, belongs to another organisation."""

    code = "access_of_another"
    sentence = _("This access is not held under the organisation of the case.")


@dataclass(frozen=True)
class Terms:
    """What somebody typed as the content of a paper."""

    signer_set: int = 0
    person_name: str = ""
    personal_code: str = ""
    code_country: str = "EST"
    email: str = ""
    phone: str = ""
    services: dict[str, list[str]] = field(default_factory=dict)
    valid_from: date | None = None
    valid_until: date | None = None
    may_delegate: bool = False
    main_user: Access | None = None
    ended_access: Access | None = None
    effect: str = ""
    last_day: date | None = None
    closes_dependants: bool = False
    principal_told_on: date | None = None
    provision: str = ""
    breach: str = ""


def add_paper(
    *, case: AccessCase, kind: str, terms: Terms | None, version: int, by: User, at: datetime
) -> Paper:
    """One more paper is wanted in a case; what the case knows already is not asked again.

    1. Begin it, with the check, the representatives and the agency's signatory of the others.
    2. Write down what it says: whom it authorises, or what it ends.
    3. If nobody was asked yet whether the representatives may sign, ask.

    Raises AccessOfAnother, MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        case = lock_case(case)
        if case.state not in OPEN_CASES:
            raise MoveNotAllowed(state=case.get_state_display())
        case.claim_version(version)
        before = case.papers.active().order_by("pk").last()
        paper = Paper.objects.create(
            case=case,
            kind=kind,
            created_at=at,
            signer_set=terms.signer_set if terms else 0,
            delegation=before.delegation if before else None,
            representation_check=_check_of(case),
        )
        if terms is not None:
            _write(paper, terms)
        _take_over_signers(paper, before)
        if Guard.REPRESENTATION in paper.guards and paper.representation_check is None:
            _ask_who_may(paper, by, at)
        follow_papers(case=case, at=at)
        note_event(case=case, paper=paper, what="paper_added", by=by, at=at, kind=kind)
    return paper


def change_terms(*, paper: Paper, terms: Terms, version: int, by: User, at: datetime) -> Paper:
    """What a paper in preparation says is put right.

    Raises AccessOfAnother, MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        paper = lock_paper(paper)
        if not paper.is_in_preparation:
            raise MoveNotAllowed(state=paper.get_state_display())
        paper.case.claim_version(version)
        paper.signer_set = terms.signer_set
        paper.save(update_fields=["signer_set"])
        _write(paper, terms)
        if Guard.REPRESENTATION in paper.guards and paper.representation_check is None:
            _ask_who_may(paper, by, at)
        note_event(case=paper.case, paper=paper, what="terms_changed", by=by, at=at)
    return paper


def _check_of(case: AccessCase) -> RepresentationCheck | None:
    papers = case.papers.active().filter(representation_check__isnull=False).order_by("-pk")
    newest = papers.select_related("representation_check").first()
    return newest.representation_check if newest else None


def _ask_who_may(paper: Paper, by: User, at: datetime) -> None:
    if paper.case.organisation_code:
        ask_check(paper=paper, signatories=[], by=by, at=at)


def _take_over_signers(paper: Paper, before: Paper | None) -> None:
    if before is None or SignerRole.REPRESENTATIVE not in paper.signers_wanted.roles:
        return
    chosen = [from_paper(one) for one in representatives(before)]
    if chosen:
        write_signers(paper=paper, chosen=chosen)


def _write(paper: Paper, terms: Terms) -> None:
    for access in (terms.ended_access, terms.main_user):
        if access is not None and access.organisation_code != paper.case.organisation_code:
            raise AccessOfAnother
    values = {name: getattr(terms, name) for name in terms.__dataclass_fields__}
    values.pop("signer_set")
    if terms.ended_access is not None and not terms.person_name:
        values |= _person_of(terms.ended_access)
    values["masked_code"] = masked(values["personal_code"])
    if not values["effect"]:
        values["effect"] = KINDS[paper.kind].effects[0] if terms.ended_access else ""
    if values["effect"] != Effect.ON_DATE:
        values["last_day"] = None
    content, _new = PaperContent.objects.update_or_create(paper=paper, defaults=values)
    paper.content = content


def _person_of(access: Access) -> dict[str, str]:
    return {
        "person_name": access.person_name,
        "personal_code": access.personal_code,
        "code_country": access.code_country,
        "email": access.email,
    }
