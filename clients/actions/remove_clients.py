from collections.abc import Collection

from django.db import transaction
from django.db.models import Count

from clients.models import Client, ClientKey, ContactPoint

# What a card has of its own; all else that points at it is somebody's use of it.
OWN = (ContactPoint, ClientKey)


def remove_clients(
    *, client_ids: Collection[int], came_with: type | None = None
) -> tuple[set[int], set[int]]:
    """Cards that came by mistake are taken away with their versions, if nobody uses them.

    1. Leave those that anything points at (`came_with`, the list they came by, does not count),
       those merged into others, and those that were changed or reached by a new number since.
    2. Take the others away, and their versions: nothing of a mistake is kept.

    Returns the ids of those taken away and of those that stay.
    """
    with transaction.atomic():
        there = set(
            Client.objects.select_for_update(of=("self",))
            .filter(pk__in=client_ids)
            .values_list("pk", flat=True)
        )
        stay = there & (_used(there, came_with) | _changed(there))
        gone = there - stay
        ClientKey.objects.filter(client__in=gone).delete()
        ContactPoint.objects.filter(client__in=gone).delete()
        Client.objects.filter(pk__in=gone).delete()
        ContactPoint.history.filter(client_id__in=gone).delete()
        Client.history.filter(id__in=gone).delete()
    return gone, stay


def _used(client_ids: set[int], came_with: type | None) -> set[int]:
    used = set(
        Client.objects.filter(pk__in=client_ids, merged_into__isnull=False).values_list(
            "pk", flat=True
        )
    )
    for relation in Client._meta.related_objects:
        model = relation.related_model
        if model in OWN or model is came_with or model is Client.history.model:
            continue
        name = relation.field.name
        rows = model._base_manager.filter(**{f"{name}__in": client_ids})  # type: ignore[union-attr]
        used |= set(rows.values_list(name, flat=True))
    return used


def _changed(client_ids: set[int]) -> set[int]:
    cards = Client.history.filter(id__in=client_ids).values("id")
    changed = set(
        cards.annotate(versions=Count("history_id"))
        .filter(versions__gt=1)
        .values_list("id", flat=True)
    )
    points = ContactPoint.history.filter(client_id__in=client_ids).values("id", "client_id")
    grown = points.annotate(versions=Count("history_id")).filter(versions__gt=1)
    changed |= set(grown.values_list("client_id", flat=True))
    own = ContactPoint.objects.filter(client__in=client_ids).exclude(
        created_at__in=Client.objects.filter(pk__in=client_ids).values("created_at")
    )
    return changed | set(own.values_list("client_id", flat=True))
