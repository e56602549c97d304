from datetime import datetime

from django.db import transaction
from django.utils import timezone

from common.models import NumberSeries


def take_number(*, series: str, at: datetime) -> str:
    """Give the next number of a series, such as P-2026-000123.

    1. Lock the series of the year in Tallinn, begun at its first number.
    2. Count on. The number is taken for good when the caller's transaction commits; a rolled-back
       one leaves no gap.

    Must be called inside the transaction that stores the number.
    """
    year = timezone.localtime(at).year
    with transaction.atomic():
        NumberSeries.objects.get_or_create(series=series, year=year)
        row = NumberSeries.objects.select_for_update(of=("self",)).get(series=series, year=year)
        row.last += 1
        row.save(update_fields=["last"])
    return f"{series}-{year}-{row.last:06d}"
