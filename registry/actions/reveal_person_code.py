from datetime import datetime

from accounts.actions import record_access
from accounts.models import User
from clients.actions import ReasonMissing
from registry.models import CheckPerson


def reveal_person_code(*, person: CheckPerson, reason: str, by: User, at: datetime) -> str:
    """Somebody has to read the whole personal code of a person whom the register named.

    1. Ask for the reason.
    2. Write into the access log who looked and why; never the code.
    3. Give the code, this once: the check shows it masked again.

    Raises ReasonMissing.
    """
    if len(reason.strip()) < 3:
        raise ReasonMissing
    # The same word as for a client's code: whoever reads the log finds all codes shown at once.
    record_access(
        what="client.reveal_code", by=by, at=at, subject=person, reason=reason.strip()[:500]
    )
    return person.code
