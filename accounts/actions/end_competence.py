from datetime import date, datetime

from django.db import transaction

from accounts.actions.record_access import record_access
from accounts.models import CompetenceHolding, User


def end_competence(
    *, holding: CompetenceHolding, last_day: date, reason: str, by: User | None, at: datetime
) -> CompetenceHolding | None:
    """A member of staff may no longer take a kind of decision.

    1. One that has not begun by then is taken away altogether; its history stays.
    2. Otherwise the given day is the last on which it counts, never later than it was.
    3. Write down who ended it and why.
    """
    with transaction.atomic():
        holding = CompetenceHolding.objects.select_for_update(of=("self",)).get(pk=holding.pk)
        record_access(what="competence.ended", by=by, at=at, subject=holding, reason=reason)
        if last_day < holding.starts_on:
            holding.delete()
            return None
        if holding.ends_on is None or last_day < holding.ends_on:
            holding.ends_on = last_day
            holding.save(update_fields=["ends_on"])
    return holding
