from datetime import datetime

from django.db import transaction

from clients.actions import remove_clients
from inquiries.models import Inquiry, PastClient, PastImport, PastInquiry
from inquiries.past_lease import save_held
from inquiries.queries import changed_since, used_elsewhere


def undo_past_batch(*, past_import: PastImport, most: int, leased_until: datetime) -> bool:
    """Some of what an import brought is taken away again.

    1. Take the next inquiries that nobody has looked at yet in this undo.
    2. Those that other records point at stay; those that were changed stay too, unless the person
       who asked wants them gone. Each that stays says why.
    3. Take the others away with their versions: nothing of a mistake is kept.
    4. When no inquiry is left, do the same with the cards that it made.

    What was dealt with is marked in the same transaction, so a killed undo goes on where it was.
    Returns whether something is left. Raises LeaseLost.
    """
    with transaction.atomic():
        return _inquiries(past_import, most, leased_until) or _clients(
            past_import, most, leased_until
        )


def _inquiries(past_import: PastImport, most: int, leased_until: datetime) -> bool:
    waiting = PastInquiry.objects.filter(past_import=past_import, kept_because="").order_by("pk")
    ids = list(waiting.values_list("inquiry", flat=True)[:most])
    if not ids:
        return False
    locked = Inquiry.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    list(locked.order_by("pk").values_list("pk", flat=True))
    used = used_elsewhere(ids)
    changed = changed_since(ids) - used
    stay = used if past_import.undo_takes_changed else used | changed
    for why, kept in (("used", used & stay), ("changed", changed & stay)):
        PastInquiry.objects.filter(inquiry__in=kept).update(kept_because=why)
    gone = set(ids) - stay
    Inquiry.objects.filter(pk__in=gone).delete()
    Inquiry.history.filter(id__in=gone).delete()
    save_held(
        past_import,
        taken_back=past_import.taken_back + len(gone),
        leased_until=leased_until,
    )
    return True


def _clients(past_import: PastImport, most: int, leased_until: datetime) -> bool:
    waiting = PastClient.objects.filter(past_import=past_import, is_kept=False).order_by("pk")
    ids = list(waiting.values_list("client", flat=True)[:most])
    if not ids:
        return False
    gone, stay = remove_clients(client_ids=ids, came_with=PastClient)
    PastClient.objects.filter(client__in=stay).update(is_kept=True)
    save_held(
        past_import,
        clients_taken_back=past_import.clients_taken_back + len(gone),
        leased_until=leased_until,
    )
    return True
