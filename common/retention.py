"""How long we keep things. Each app declares its categories in `<app>/retention.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet


@dataclass(frozen=True)
class RetentionCategory:
    """One kind of record, why it is kept, and which of its rows have served their time."""

    code: str  # "common.stored_reply"
    basis: str  # the law or need, in words
    expired: Callable[[datetime], QuerySet[Any]]


categories: dict[str, RetentionCategory] = {}


def declare(*declared: RetentionCategory) -> None:
    for category in declared:
        if category.code in categories:
            raise ValueError(f"two retention categories are coded {category.code}")
        categories[category.code] = category
