from datetime import datetime

from accounts.actions import record_access
from accounts.models import User
from documents.models import Paper


def open_paper(*, paper: Paper, is_download: bool, by: User, at: datetime) -> Paper:
    """Somebody reads a paper's file or takes it along; the access log says which."""
    what = "paper.download" if is_download else "paper.view"
    record_access(what=what, by=by, at=at, subject=paper, reason=paper.case.number)
    return paper
