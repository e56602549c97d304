from datetime import datetime

from django.db import transaction

from accounts.models import User
from documents.actions.cancel_paper import set_aside
from documents.actions.follow_papers import follow_papers
from documents.actions.lock_case import lock_paper
from documents.models import Paper, PaperContent


def redo_paper(*, paper: Paper, version: int, reason: str, by: User, at: datetime) -> Paper:
    """A draft turned out to be wrong: it is set aside and the same kind of paper is begun anew.

    1. Cancel the paper with the reason. Its number stands in its text, so it is never used again.
    2. Begin a new one in the same case; the choices made for the old one are its starting point.
    3. An envelope it lay in is taken apart: nobody signs it any more, its other papers wait anew.

    Raises MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        paper = lock_paper(paper)
        paper.case.claim_version(version)
        set_aside(paper, reason, by, at)
        new = Paper.objects.create(
            case=paper.case,
            kind=paper.kind,
            signer_set=paper.signer_set,
            created_at=at,
            delegation=paper.delegation,
            representation_check=paper.representation_check,
        )
        content = PaperContent.objects.filter(paper=paper).first()
        if content is not None:
            content.pk, content.paper = None, new
            content.save(force_insert=True)
        follow_papers(case=paper.case, at=at)
    return new
