"""One worker at a time: each step of an import is saved only by who holds its lease."""

from typing import Any

from inquiries.models import PastImport


class LeaseLost(Exception):
    """Another worker has taken this import over."""


def save_held(past_import: PastImport, **values: Any) -> None:
    """Write to the row if it is still ours, and to the object alike. Raises LeaseLost."""
    held = PastImport.objects.filter(pk=past_import.pk, lease=past_import.lease)
    if not held.update(**values):
        raise LeaseLost
    for name, value in values.items():
        setattr(past_import, name, value)
