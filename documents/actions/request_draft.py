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
from documents.actions.write_signers import write_agency_signer, write_signers
from documents.models import AgencyDelegation, Paper, TemplateVersion
from documents.queries import Missing, what_is_missing
from documents.signers import ChosenSigner
from documents.states import PAPER_MOVES, PaperState
from documents.variables import organisation_of, variables_of


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
    """The specialist asks for the draft.

    1. If it was asked for already, because a button was pressed twice, leave it so. Whoever was
       overtaken by a colleague, whose choices may be others, is told.
    2. Write down who signs for the client and for the agency, and look whether anything is missing.
    3. Give the paper its number, and keep the template version and every variable as they are now.
    4. Hurry the worker. The draft is owed from here on.

    Raises DraftNotPossible, MoveNotAllowed, StaleSave; then nothing has changed.
    """
    with transaction.atomic():
        paper = lock_paper(paper)
        if paper.state in {PaperState.DRAFT_REQUESTED, PaperState.DRAFT_READY}:
            if paper.requested_by_id != by.pk:
                paper.case.claim_version(version)
            return paper
        state = PAPER_MOVES.target("request_draft", PaperState(paper.state))
        paper.case.claim_version(version)
        write_signers(paper=paper, chosen=chosen)
        paper.delegation = delegation
        missing = what_is_missing(paper, at)
        if missing or delegation is None:
            raise DraftNotPossible(missing)
        write_agency_signer(paper=paper, delegation=delegation)
        _fix(paper, delegation, at)
        paper.state, paper.requested_at, paper.requested_by = state, at, by
        paper.attempts, paper.tried_at, paper.error = 0, None, ""
        paper.save()
        paper.case.organisation_name = organisation_of(paper)["nimi"]
        paper.case.save(update_fields=["organisation_name"])
        follow_papers(case=paper.case)
        note_event(
            case=paper.case,
            paper=paper,
            what="draft_requested",
            by=by,
            at=at,
            number=paper.number or "",
        )
        hurry(tasks.render_draft, paper_id=paper.pk)
    return paper


def _fix(paper: Paper, delegation: AgencyDelegation, at: datetime) -> None:
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
