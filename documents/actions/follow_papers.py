from documents.models import AccessCase
from documents.states import CASE_MOVES, CaseState, case_state_of


def follow_papers(*, case: AccessCase) -> None:
    """Let an open case stand where its papers stand, in the transaction that moved one of them.

    The caller holds the case's lock.
    """
    old = CaseState(case.state)
    new = case_state_of(case.papers.values_list("state", flat=True))
    if new == old:
        return
    case.state = next(
        CASE_MOVES.target(name, old)
        for name, move in CASE_MOVES.table.items()
        if move.target == new and old in move.sources
    )
    case.save(update_fields=["state"])
