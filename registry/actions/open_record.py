from datetime import datetime

from accounts.actions import record_access
from accounts.models import User
from registry.models import Organisation, RegisterAnswer, RepresentationCheck


def open_organisation(*, organisation: Organisation, by: User, at: datetime) -> None:
    """Somebody looks at an organisation's card with the names on it; the access log says who."""
    record_access(what="registry.view_organisation", by=by, at=at, subject=organisation)


def open_answer(*, answer: RegisterAnswer, by: User, at: datetime) -> None:
    """Somebody looks at what the live register said of an organisation."""
    record_access(what="registry.view_organisation", by=by, at=at, subject=answer)


def open_check(*, check: RepresentationCheck, by: User, at: datetime, what: str = "check") -> None:
    """Somebody looks at a check with people's codes, or at a paper of it."""
    record_access(what=f"registry.view_{what}", by=by, at=at, subject=check)
