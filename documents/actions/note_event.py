from datetime import datetime

from accounts.models import User
from common.actions import publish_event
from documents.models import AccessCase, CaseEvent, Paper


def note_event(
    *,
    case: AccessCase,
    what: str,
    by: User | None,
    at: datetime,
    paper: Paper | None = None,
    reason: str = "",
    **parameters: str | int,
) -> CaseEvent:
    """Add a line to the story of a case, in the caller's transaction, and tell open pages.

    `parameters` are numbers and codes; no personal data.
    """
    event = CaseEvent.objects.create(
        case=case, paper=paper, what=what, by=by, at=at, reason=reason, parameters=parameters
    )
    publish_event(kind="case-changed", about=case, at=at)
    return event
