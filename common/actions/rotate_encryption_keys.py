from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Func

from common.encryption import EncryptedTextField, UnreadableToken, decrypt, is_under_first_key


@dataclass
class Rotation:
    """How one encrypted column stands."""

    column: str
    rotated: int = 0
    already: int = 0
    unreadable: int = 0


class Raw(Func):
    """What stands in the column, neither decrypted nor encrypted."""

    template = "%(expressions)s"
    output_field = models.TextField()


def rotate_encryption_keys(*, batch: int = 500, only_count: bool = False) -> Iterator[Rotation]:
    """A new key was put in front; what older ones encrypted is encrypted anew.

    1. Go through every encrypted column of every app, history included, in batches by key.
    2. Skip what is under the first key already: so a run that was cut short is simply started again.
    3. Write a value only over the one that was read: what somebody changed meanwhile is under the
       first key anyway.
    4. What no key of ours can read is counted and left as it is.

    With `only_count` nothing is written: it says whether an old key may be thrown away.
    """
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedTextField):
                yield _rotate(model, field.name, batch, only_count)


def _rotate(model: type[models.Model], name: str, batch: int, only_count: bool) -> Rotation:
    result = Rotation(f"{model._meta.label}.{name}")
    rows = model._base_manager.exclude(**{f"{name}__isnull": True}).annotate(raw=Raw(F(name)))
    rows = rows.exclude(raw="").order_by("pk")
    last: Any = None
    while found := list(
        (rows if last is None else rows.filter(pk__gt=last)).values_list("pk", "raw")[:batch]
    ):
        for pk, token in found:
            _rotate_one(rows.filter(pk=pk, raw=token), name, token, result, only_count)
        last = found[-1][0]
    return result


def _rotate_one(
    row: models.QuerySet[Any], name: str, token: str, result: Rotation, only_count: bool
) -> None:
    if is_under_first_key(token):
        result.already += 1
        return
    try:
        value = decrypt(token)
    except UnreadableToken:
        result.unreadable += 1
        return
    if not only_count:
        row.order_by().update(**{name: value})
    result.rotated += 1
