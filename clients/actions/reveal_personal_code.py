from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.actions import record_access
from accounts.models import User
from clients.models import Client
from common.refusals import Refusal


class ReasonMissing(Refusal):
    """A personal code is not shown without a reason."""

    code = "reason_missing"
    sentence = _("Write why you need the code: it goes into the access log.")


def reveal_personal_code(*, client: Client, reason: str, by: User, at: datetime) -> str:
    """Somebody has to read a whole personal code.

    1. Ask for the reason.
    2. Write into the access log who looked and why; never the code.
    3. Give the code, this once: the next page shows it masked again.

    Raises ReasonMissing.
    """
    if len(reason.strip()) < 3:
        raise ReasonMissing
    record_access(
        what="client.reveal_code", by=by, at=at, subject=client, reason=reason.strip()[:500]
    )
    return client.personal_code
