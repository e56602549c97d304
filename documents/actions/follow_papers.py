from datetime import datetime

from documents.actions.solve_inquiry_of_case import solve_inquiry_of_case
from documents.models import AccessCase
from documents.states import CASE_MOVES, CLOSED_CASES, CaseState, case_state_of


def follow_papers(*, case: AccessCase, at: datetime) -> None:
    """Let an open case stand where its papers stand, in the transaction that moved one of them.

    When all of them are done the case is closed, and the inquiry that waited for it is solved.
    The caller holds the case's lock.
    """
    old = CaseState(case.state)
    new = case_state_of(case.papers.values_list("state", flat=True))
    if new == old or old in CLOSED_CASES:
        return
    case.state = next(
        CASE_MOVES.target(name, old)
        for name, move in CASE_MOVES.table.items()
        if move.target == new and old in move.sources
    )
    case.closed_at = at if case.state == CaseState.DONE else None
    case.save(update_fields=["state", "closed_at"])
    if case.state == CaseState.DONE:
        solve_inquiry_of_case(case=case, by=case.responsible, at=at)
