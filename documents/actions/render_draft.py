"""Only the worker imports this module, because it brings in WeasyPrint."""

import json
from datetime import date, datetime
from typing import cast

from django.db import transaction
from django.db.models import F

from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_paper
from documents.actions.note_event import note_event
from documents.actions.store_made_file import store_made_file
from documents.gateways import pdf
from documents.models import Paper, TemplateVersion
from documents.states import PAPER_MOVES, PaperState
from documents.template_language import TemplateRefused, fill_template

ATTEMPTS = 20  # after so many tries something is wrong that another try does not mend


def render_draft(*, paper: Paper, at: datetime) -> Paper:
    """A draft that somebody asked for is set as PDF.

    1. If it is no longer owed, do nothing. Otherwise note that it is being tried.
    2. Set it from the template version and the variables kept when it was requested; the same
       paper always gives the same bytes.
    3. Lock it, look again, put the file in its one place and mark the draft ready.

    Without Pango the draft goes on waiting and says so. A template that cannot be filled makes the
    draft failed. Safe to run twice, at once, and to be killed at any moment.
    """
    if paper.state != PaperState.DRAFT_REQUESTED:
        return paper
    Paper.objects.filter(pk=paper.pk).update(attempts=F("attempts") + 1, tried_at=at)
    if paper.attempts >= ATTEMPTS:
        return _fail(paper, "too_many_attempts", at)
    try:
        content = pdf.typeset(_sheet(paper))
    except pdf.PdfLibraryMissing as refusal:
        return _wait(paper, refusal.code)
    except TemplateRefused as refusal:
        return _fail(paper, refusal.code, at)
    return _keep(paper, content, at)


def _sheet(paper: Paper) -> pdf.Sheet:
    variables = json.loads(paper.variables)
    version = cast("TemplateVersion", paper.template_version)  # a requested draft has all of these
    return pdf.Sheet(
        title=paper.rules.title,
        number=cast("str", paper.number),
        template=str(version),
        holder=variables["amet"]["nimi"],
        restriction_basis=paper.rules.restriction_basis,
        restricted_until=cast("date", paper.restricted_until),
        made_at=cast("datetime", paper.requested_at),
        body=fill_template(version.body, variables),
        key=str(paper.key),
    )


def _keep(paper: Paper, content: bytes, at: datetime) -> Paper:
    with transaction.atomic():
        paper = lock_paper(paper)
        if paper.state != PaperState.DRAFT_REQUESTED:
            return paper
        paper.state = PAPER_MOVES.target("render_draft", PaperState(paper.state))
        paper.stored_file = store_made_file(
            key=paper.key, content=content, name=paper.file_name, by=paper.requested_by, at=at
        )
        paper.sha256 = paper.stored_file.sha256
        paper.rendered_at, paper.error = at, ""
        paper.save(update_fields=["state", "stored_file", "sha256", "rendered_at", "error"])
        follow_papers(case=paper.case, at=at)
        note_event(
            case=paper.case,
            paper=paper,
            what="draft_ready",
            by=None,
            at=at,
            number=paper.number or "",
        )
    return paper


def _wait(paper: Paper, error: str) -> Paper:
    """Leave the draft owed, and do not count a try that could not even begin."""
    Paper.objects.filter(pk=paper.pk, state=PaperState.DRAFT_REQUESTED).update(
        error=error, attempts=paper.attempts
    )
    paper.refresh_from_db()
    return paper


def _fail(paper: Paper, error: str, at: datetime) -> Paper:
    with transaction.atomic():
        paper = lock_paper(paper)
        if paper.state != PaperState.DRAFT_REQUESTED:
            return paper
        paper.state = PAPER_MOVES.target("fail_draft", PaperState(paper.state))
        paper.error = error
        paper.save(update_fields=["state", "error"])
        follow_papers(case=paper.case, at=at)
        note_event(case=paper.case, paper=paper, what="draft_failed", by=None, at=at, error=error)
    return paper
