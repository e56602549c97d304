import json
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.actions import take_number
from common.hurry import hurry
from common.refusals import Refusal
from documents import tasks
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_paper
from documents.actions.note_event import note_event
from documents.actions.write_signers import (
    write_agency_signer,
    write_other_signers,
    write_signers,
)
from documents.kinds import SignerRole
from documents.models import AgencyDelegation, Paper, TemplateVersion
from documents.queries import Missing, what_is_missing
from documents.signers import ChosenSigner
from documents.states import PAPER_MOVES, PaperState
from documents.variables import organisation_of, variables_of

ALREADY_ASKED = {PaperState.DRAFT_REQUESTED, PaperState.DRAFT_READY}


class DraftNotPossible(Refusal):
    """Something that the paper needs is missing."""

    code = "draft_not_possible"
    sentence = _("The draft cannot be made yet: %(first)s")

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__(first=missing[0].sentence)
        self.missing = list(missing)


def request_draft(
    *,
    paper: Paper,
    version: int,
    chosen: Sequence[ChosenSigner],
    delegation: AgencyDelegation | None,
    by: User,
    at: datetime,
) -> Paper:
    """The specialist asks for the draft of one paper.

    1. If it was asked for already, because a button was pressed twice, leave it so. Whoever was
       overtaken by a colleague, whose choices may be others, is told.
    2. Write down who signs for the client and for the agency, and look whether anything is missing.
    3. Give the paper its number, and keep the template version and every variable as they are now.
    4. Hurry the worker. The draft is owed from here on.

    Raises DraftNotPossible, MoveNotAllowed, StaleSave; then nothing has changed.
    """
    with transaction.atomic():
        paper = lock_paper(paper)
        if paper.state in ALREADY_ASKED:
            if paper.requested_by_id != by.pk:
                paper.case.claim_version(version)
            return paper
        PAPER_MOVES.target("request_draft", PaperState(paper.state))
        paper.case.claim_version(version)
        _request([paper], chosen, delegation, by, at)
    return paper


def request_drafts(
    *,
    paper: Paper,
    version: int,
    chosen: Sequence[ChosenSigner],
    delegation: AgencyDelegation | None,
    by: User,
    at: datetime,
) -> list[Paper]:
    """The specialist asks for the drafts of the whole set: this paper and all others in preparation.

    The steps are those of `request_draft`; either every draft is asked for or none.
    Raises DraftNotPossible, MoveNotAllowed, StaleSave; then nothing has changed.
    """
    with transaction.atomic():
        paper = lock_paper(paper)
        if paper.state in ALREADY_ASKED:
            if paper.requested_by_id != by.pk:
                paper.case.claim_version(version)
            return [paper]
        PAPER_MOVES.target("request_draft", PaperState(paper.state))
        paper.case.claim_version(version)
        others = paper.case.papers.in_preparation().exclude(pk=paper.pk)
        papers = [paper, *others.select_for_update(of=("self",)).order_by("pk")]
        _request(papers, chosen, delegation, by, at)
    return papers


def _request(
    papers: Sequence[Paper],
    chosen: Sequence[ChosenSigner],
    delegation: AgencyDelegation | None,
    by: User,
    at: datetime,
) -> None:
    case = papers[0].case
    write_signers(paper=papers[0], chosen=chosen)
    for paper in papers:
        paper.case = case
        paper.delegation = delegation if _agency_signs(paper) else None
        write_other_signers(paper=paper)
    missing = [one for paper in papers for one in what_is_missing(paper, at)]
    if missing:
        raise DraftNotPossible(list(dict.fromkeys(missing)))
    for paper in papers:
        _ask(paper, by, at)
    case.organisation_name = organisation_of(papers[0])["nimi"]
    case.save(update_fields=["organisation_name"])
    follow_papers(case=case, at=at)


def _agency_signs(paper: Paper) -> bool:
    return SignerRole.AGENCY in paper.signers_wanted.roles


def _ask(paper: Paper, by: User, at: datetime) -> None:
    if paper.delegation is not None:
        write_agency_signer(paper=paper, delegation=paper.delegation)
    _fix(paper, paper.delegation, at)
    paper.state = PAPER_MOVES.target("request_draft", PaperState(paper.state))
    paper.requested_at, paper.requested_by = at, by
    paper.attempts, paper.tried_at, paper.error = 0, None, ""
    paper.save()
    note_event(
        case=paper.case,
        paper=paper,
        what="draft_requested",
        by=by,
        at=at,
        number=paper.number or "",
    )
    hurry(tasks.render_draft, paper_id=paper.pk)


def _fix(paper: Paper, delegation: AgencyDelegation | None, at: datetime) -> None:
    """Give number, template version, variables and term of restriction."""
    template_version = TemplateVersion.objects.latest_of(paper.kind)
    assert template_version is not None  # noqa: S101  # what_is_missing() has looked
    paper.number = paper.number or take_number(series=paper.rules.series, at=at)
    paper.template_version = template_version
    variables = variables_of(
        paper, number=paper.number, version=template_version, delegation=delegation, at=at
    )
    paper.variables = json.dumps(variables, ensure_ascii=False)
    paper.restricted_until = _years_later(timezone.localdate(at), paper.rules.restriction_years)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
