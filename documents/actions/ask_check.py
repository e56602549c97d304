from collections.abc import Sequence
from datetime import datetime

from accounts.models import User
from documents.actions.note_event import note_event
from documents.actions.write_signers import papers_of_representatives
from documents.models import Paper
from documents.signers import ChosenSigner
from registry.actions import request_representation_check
from registry.representation import Signatory
from registry.states import CheckPurpose


def ask_check(
    *,
    paper: Paper,
    signatories: Sequence[ChosenSigner],
    asks_anew: bool = False,
    by: User,
    at: datetime,
) -> Paper:
    """Ask whether these people may sign for the organisation; without people, who might.

    The answer serves every paper of the case that is in preparation and that they sign.
    In the caller's transaction: the check is owed from then on, and the register is asked by a worker.
    """
    check = request_representation_check(
        registry_code=paper.case.organisation_code,
        purpose=CheckPurpose.DRAFTING,
        signatories=[
            Signatory(name=one.name, code=one.code, country=one.country) for one in signatories
        ],
        client=paper.case.client,
        asks_anew=asks_anew,
        by=by,
        at=at,
    )
    for one in papers_of_representatives(paper):
        one.representation_check = check
        one.save(update_fields=["representation_check"])
    paper.representation_check = check
    note_event(
        case=paper.case,
        paper=paper,
        what="check_requested",
        by=by,
        at=at,
        check=check.pk,
        people=len(signatories),
    )
    return paper
