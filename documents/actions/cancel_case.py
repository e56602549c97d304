from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from documents.actions.cancel_paper import set_aside
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.models import AccessCase
from documents.states import CASE_MOVES, PAPER_MOVES, CaseState


class SomethingEntered(Refusal):
    """Part of the case has been carried out."""

    code = "something_entered"
    sentence = _(
        "A paper of this case is in the portal already. Set the other papers aside one by one instead."
    )


def cancel_case(
    *, case: AccessCase, version: int, reason: str, by: User, at: datetime
) -> AccessCase:
    """The client no longer wants access, or the case was a mistake.

    1. Cancel every paper that is not cancelled yet; numbers stay taken and files stay kept.
    2. Close the case with the reason.

    A case of which something stands in the portal already is not cancelled: the papers that are left are
    set aside one by one, and the case is done.

    Raises SomethingEntered, MoveNotAllowed, StaleSave.
    """
    with transaction.atomic():
        case = lock_case(case)
        if case.papers.filter(entered_at__isnull=False).exists():
            raise SomethingEntered
        case.claim_version(version, mine={"close_reason": reason})
        case.state = CASE_MOVES.target("cancel", CaseState(case.state))
        case.closed_at, case.close_reason = at, reason
        case.save(update_fields=["state", "closed_at", "close_reason"])
        for paper in case.papers.active().select_for_update(of=("self",)):
            paper.case = case
            if PAPER_MOVES.allows("cancel", paper.state):
                set_aside(paper, reason, by, at)
        note_event(case=case, what="case_cancelled", by=by, at=at, reason=reason)
    return case
