import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

POLL_SECONDS = 0.1


class RegisterTurn(models.Model):
    """Whose turn it is to ask the live register, which answers one question at a time."""

    held_by = models.CharField(max_length=32, blank=True)
    held_until = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return self.held_by


@contextmanager
def hold_turn(*, seconds: float, patience: float) -> Iterator[bool]:
    """Hold the only turn; yields False if it did not become free within `patience` seconds.

    A row, not a lock of the engine: it works on both and outlives no killed worker by more than
    `seconds`.
    """
    holder = uuid.uuid4().hex
    RegisterTurn.objects.get_or_create(pk=1)
    ends = time.monotonic() + patience
    while not (is_ours := _take(holder, seconds)) and time.monotonic() < ends:
        time.sleep(POLL_SECONDS)
    try:
        yield is_ours
    finally:
        if is_ours:
            RegisterTurn.objects.filter(pk=1, held_by=holder).update(held_by="", held_until=None)


def _take(holder: str, seconds: float) -> bool:
    now = timezone.now()
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    until = now + timedelta(seconds=seconds)
    return bool(RegisterTurn.objects.filter(free, pk=1).update(held_by=holder, held_until=until))
