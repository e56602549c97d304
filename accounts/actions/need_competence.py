from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.queries import may_decide
from common.refusals import Refusal


class NoCompetence(Refusal):
    """The person does not hold the competence for this decision today."""

    code = "no_competence"
    sentence = _("You do not hold the competence for this decision. Ask a colleague who does.")


def need_competence(*, competence: str, by: User, at: datetime) -> None:
    """A decision is about to be taken for which a person must be named.

    1. Refuse if neither the person, nor a colleague substituted, holds the competence on this day.

    Raises NoCompetence.
    """
    if not may_decide(by, competence, timezone.localdate(at)):
        raise NoCompetence
