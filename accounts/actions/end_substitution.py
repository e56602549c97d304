from datetime import datetime

from django.db import transaction

from accounts.actions.record_access import record_access
from accounts.models import Substitution, User


def end_substitution(*, substitution: Substitution, by: User | None, at: datetime) -> Substitution:
    """The colleague is back before the last day, or it was a mistake.

    1. If it has ended already, there is nothing to do.
    2. Note when and by whom it ended; the roles stop counting at once.
    """
    with transaction.atomic():
        substitution = Substitution.objects.select_for_update(of=("self",)).get(pk=substitution.pk)
        if substitution.ended_at is None:
            substitution.ended_at = at
            substitution.ended_by = by
            substitution.save(update_fields=["ended_at", "ended_by"])
            record_access(what="substitution.ended", by=by, at=at, subject=substitution)
    return substitution
