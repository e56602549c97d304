from datetime import datetime

from django.db import transaction

from inquiries.actions.receive_phone_event import is_missed
from inquiries.models import PhoneCall

LOST = "lost"
MOST_AT_ONCE = 500


def end_lost_calls(*, at: datetime) -> int:
    """Calls whose end no exchange told us of, since its word was lost, come into the lists.

    1. Take those that began longer ago than any call lasts, oldest first.
    2. Each ends at the last moment that we know of it. One that nobody answered is missed, and is
       to be called back. A word or a record that comes later still puts it right.
    """
    ended = 0
    for pk in (
        PhoneCall.objects.lost(at).order_by("rang_at").values_list("pk", flat=True)[:MOST_AT_ONCE]
    ):
        with transaction.atomic():
            call = PhoneCall.objects.lost(at).select_for_update(of=("self",)).filter(pk=pk).first()
            if call is None:
                continue  # its end was told meanwhile
            call.ended_at, call.cause = call.answered_at or call.rang_at, call.cause or LOST
            call.is_missed = is_missed(call)
            call.save(update_fields=["ended_at", "cause", "is_missed"])
            ended += 1
    return ended
