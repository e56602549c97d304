from datetime import datetime

from django.db import transaction

from common.retention import categories

AT_ONCE = 1_000


def remove_expired(*, at: datetime) -> dict[str, int]:
    """What has served its time goes, category by category, in small pieces.

    Returns how many rows of each category went.
    """
    removed = dict.fromkeys(categories, 0)
    for code, category in categories.items():
        rows = category.expired(at)
        while pks := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
            with transaction.atomic():
                rows.model._base_manager.filter(pk__in=pks).delete()
            removed[code] += len(pks)
    return removed
