from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from documents.actions.ask_check import ask_check
from documents.actions.lock_case import lock_paper
from documents.actions.write_signers import write_signers
from documents.models import Paper
from documents.signers import ChosenSigner, is_covered
from documents.states import PAPER_MOVES, PaperState
from registry.states import CheckPurpose


def choose_signers(
    *, paper: Paper, version: int, chosen: Sequence[ChosenSigner], by: User, at: datetime
) -> Paper:
    """The specialist says who signs for the client, before a draft is made.

    1. Write them down as the paper's representatives.
    2. Unless a check that is fresh and allows it speaks of exactly them, ask about them.

    Raises MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        paper = lock_paper(paper)
        PAPER_MOVES.target("request_draft", PaperState(paper.state))
        paper.case.claim_version(version)
        write_signers(paper=paper, chosen=chosen)
        check = paper.representation_check
        is_enough = (
            check is not None
            and check.allows_representation
            and check.is_fresh(at, CheckPurpose.DRAFTING)
            and is_covered(check, list(chosen))
        )
        if not is_enough:
            ask_check(paper=paper, signatories=chosen, by=by, at=at)
    return paper
