"""Pages by keyset: each begins where the last row of the one before ended, however far down.

Rows without a value stand last. The cursor is sealed, since it carries the values of a row and
stands in an address.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from common.encryption import decrypt, encrypt
from common.refusals import Refusal


class CursorNotValid(Refusal):
    """The cursor is not one of ours, or of another list."""

    code = "cursor_not_valid"
    sentence = _("This page of the list cannot be found. Start from the first page.")


@dataclass(frozen=True)
class KeysetPage:
    """A page of rows, with the cursors of its neighbours; an empty cursor means there is none."""

    rows: list[Any]
    next: str
    previous: str


def keyset_page(
    queryset: QuerySet[Any],
    *,
    order: Sequence[str] = ("-started_at", "-pk"),
    cursor: str = "",
    size: int = 50,
    strict: bool = False,
    read: Callable[[QuerySet[Any]], QuerySet[Any]] | None = None,
) -> KeysetPage:
    """Return the page that the cursor names, or the first.

    A cursor that cannot be read gives the first page, or, if strict, raises CursorNotValid.
    With `read` the page is found by its keys alone, and what its rows show (other tables) is read
    of those few rows, so that it cannot lead the search; order by columns of the table then.
    An index on the same columns in the same order (with nulls last where a column may be empty)
    makes every page as quick as the first.
    """
    keys = _keys(queryset, order)
    try:
        is_back, values = _read(cursor, keys) if cursor else (False, None)
    except CursorNotValid:
        if strict:
            raise
        is_back, values = False, None
    ordering = [key.ordering(is_back) for key in keys]
    page = queryset.order_by(*ordering)
    if values is not None:
        page = page.filter(_beyond(keys, values, is_back))
    if read is None:
        rows = list(page[: size + 1])
    else:
        few = queryset.model._default_manager.filter(pk__in=page.values("pk")[: size + 1])
        rows = list(read(few).order_by(*ordering))
    has_more = len(rows) > size
    rows = rows[:size][::-1] if is_back else rows[:size]
    if not rows and values is not None and not strict:
        return keyset_page(queryset, order=order, size=size, read=read)
    has_next, has_previous = (True, has_more) if is_back else (has_more, values is not None)
    return KeysetPage(
        rows,
        next=_write(keys, rows[-1], is_back=False) if rows and has_next else "",
        previous=_write(keys, rows[0], is_back=True) if rows and has_previous else "",
    )


@dataclass(frozen=True)
class Key:
    """One column that a list is ordered by."""

    path: str
    is_descending: bool
    field: Any  # Django's own field
    may_be_empty: bool

    def ordering(self, is_back: bool) -> Any:
        name = F(self.path)
        nulls = {("nulls_first" if is_back else "nulls_last"): True} if self.may_be_empty else {}
        return name.desc(**nulls) if self.is_descending != is_back else name.asc(**nulls)

    def is_same(self, value: Any) -> Q:
        return Q(**{f"{self.path}__isnull": True}) if value is None else Q(**{self.path: value})

    def is_beyond(self, value: Any, is_back: bool) -> Q | None:
        """Rows further on in the reading direction; None if there can be none."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if is_back else None
        further = Q(**{f"{self.path}__{'lt' if self.is_descending != is_back else 'gt'}": value})
        if self.may_be_empty and not is_back:
            further |= Q(**{f"{self.path}__isnull": True})
        return further

    def of(self, row: Any) -> Any:
        if isinstance(row, dict):
            return row[self.path]
        for name in self.path.split("__"):
            row = getattr(row, name) if row is not None else None
        return getattr(row, "pk", row)


class RowCompare(Func):
    """`(a, b) < (1, 2)`: one range of an index on both engines, unlike the same thing said with OR."""

    conditional = True
    output_field = BooleanField()

    def __init__(self, keys: Sequence[Key], values: Sequence[Any], sign: str) -> None:
        super().__init__(
            *[F(key.path) for key in keys],
            *[Value(value, key.field) for key, value in zip(keys, values, strict=True)],
        )
        self.sign = sign

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:  # type: ignore[override]
        parts, parameters = [], []
        for expression in self.get_source_expressions():
            sql, own = compiler.compile(expression)
            parts.append(sql)
            parameters.extend(own)
        half = len(parts) // 2
        left, right = ", ".join(parts[:half]), ", ".join(parts[half:])
        return f"({left}) {self.sign} ({right})", parameters


def _keys(queryset: QuerySet[Any], order: Sequence[str]) -> list[Key]:
    names = list(order)
    if not any(name.lstrip("-") in {"pk", "id"} for name in names):
        names.append("-pk" if names and names[-1].startswith("-") else "pk")
    return [_key(queryset, name.lstrip("-"), name.startswith("-")) for name in names]


def _key(queryset: QuerySet[Any], path: str, is_descending: bool) -> Key:
    annotation = queryset.query.annotations.get(path)
    if annotation is not None:
        return Key(path, is_descending, annotation.output_field, may_be_empty=True)
    options, may_be_empty = queryset.model._meta, False
    *relations, last = path.split("__")
    for name in relations:
        relation = options.get_field(name)
        may_be_empty = may_be_empty or bool(relation.null)
        options = relation.related_model._meta
    field = options.pk if last == "pk" else options.get_field(last)
    return Key(path, is_descending, field, may_be_empty or bool(field.null))


def _beyond(keys: Sequence[Key], values: Sequence[Any], is_back: bool) -> Any:
    directions = {key.is_descending for key in keys}
    if len(directions) == 1 and not any(key.may_be_empty for key in keys):
        return RowCompare(keys, values, "<" if directions.pop() != is_back else ">")
    found = Q(pk__in=[])
    for depth, (key, value) in enumerate(zip(keys, values, strict=True)):
        further = key.is_beyond(value, is_back)
        if further is not None:
            for before, same in zip(keys[:depth], values[:depth], strict=True):
                further &= before.is_same(same)
            found |= further
    first = keys[0].is_beyond(values[0], is_back)
    # What the OR already implies is said once more, so that the index starts at the right place.
    bound = keys[0].is_same(values[0])
    return found & (bound if first is None else bound | first)


def _write(keys: Sequence[Key], row: Any, *, is_back: bool) -> str:
    values = [key.field.get_prep_value(key.of(row)) for key in keys]
    return encrypt(json.dumps([_shape(keys), is_back, values], default=str))


def _read(cursor: str, keys: Sequence[Key]) -> tuple[bool, list[Any]]:
    try:
        shape, is_back, values = json.loads(decrypt(cursor))
        if shape != _shape(keys):
            raise CursorNotValid
        return is_back, [
            key.field.to_python(value) for key, value in zip(keys, values, strict=True)
        ]
    except (InvalidToken, ValueError, TypeError, ValidationError) as error:
        raise CursorNotValid from error


def _shape(keys: Sequence[Key]) -> str:
    return ",".join(f"{'-' * key.is_descending}{key.path}" for key in keys)
