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
    return take_numbers(series=series, year=timezone.localtime(at).year, count=1)[0]


def take_numbers(*, series: str, year: int, count: int) -> list[str]:
    """Give as many numbers of a series at once, as `take_number` does.

    Who takes of several years in one transaction takes the earlier ones first.
    """
    with transaction.atomic():
        NumberSeries.objects.get_or_create(series=series, year=year)
        row = NumberSeries.objects.select_for_update(of=("self",)).get(series=series, year=year)
        first, row.last = row.last + 1, row.last + count
        row.save(update_fields=["last"])
    return [f"{series}-{year}-{number:06d}" for number in range(first, row.last + 1)]
