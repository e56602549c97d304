from collections.abc import Sequence
from datetime import datetime

from documents.kinds import Guard
from documents.models import Envelope, Paper
from documents.signers import from_paper, representatives
from registry.actions import request_representation_check
from registry.representation import Signatory
from registry.states import CheckPurpose


def check_on_return(*, envelope: Envelope, papers: Sequence[Paper], at: datetime) -> None:
    """All have signed: ask once more whether they may, in the caller's transaction.

    Only papers whose kind asks it; one question serves the papers of an envelope, since the same
    people signed them.
    """
    asked = [paper for paper in papers if Guard.REPRESENTATION in paper.guards]
    if not asked:
        return
    check = request_representation_check(
        registry_code=envelope.case.organisation_code,
        purpose=CheckPurpose.RETURN,
        signatories=[
            Signatory(name=one.name, code=one.code, country=one.country)
            for one in map(from_paper, representatives(asked[0]))
        ],
        client=envelope.case.client,
        asks_anew=True,
        by=envelope.case.responsible,
        at=at,
    )
    for paper in asked:
        paper.return_check = check
        paper.save(update_fields=["return_check"])
