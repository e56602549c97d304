from datetime import datetime

from django.db import transaction

from accounts.models import User
from documents.actions.ask_check import ask_check
from documents.actions.lock_case import lock_paper
from documents.models import Paper
from documents.signers import from_paper, representatives
from documents.states import PAPER_MOVES, PaperState


def check_again(*, paper: Paper, version: int, by: User, at: datetime) -> Paper:
    """The last check is too old, was declined, or something in the register has changed: ask anew.

    About the same people as are written down now, or, without them, who might sign.
    Raises MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        paper = lock_paper(paper)
        PAPER_MOVES.target("request_draft", PaperState(paper.state))
        paper.case.claim_version(version)
        chosen = [from_paper(one) for one in representatives(paper)]
        return ask_check(paper=paper, signatories=chosen, asks_anew=True, by=by, at=at)
