"""Reads what was typed field by field and gathers what is wrong with it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise

from clients.phones import PhoneNotValid, normal_phone
from common.day_field import FIRST, LAST
from common.refusals import Refusal
from inquiries.field_refusals import NotADate, TooLong, UnknownChoice
from inquiries.models import Inquiry
from inquiries.typed import LONGEST, Typed, as_text, is_id

YES = frozenset({"1", "on", "true", "yes"})


@dataclass
class Judge:
    """Reads the fields one by one and gathers what is wrong."""

    typed: Typed
    at: dt.datetime
    errors: dict[str, list[Refusal]] = field(default_factory=dict)

    def refuse(self, name: str, why: Refusal) -> None:
        self.errors.setdefault(name, []).append(why)

    def label(self, name: str) -> Promise | str:
        return "" if name == "source" else Inquiry._meta.get_field(name).verbose_name  # type: ignore[union-attr]

    def text(self, name: str) -> str:
        value = as_text(self.typed.get(name)).strip()
        limit = getattr(Inquiry._meta.get_field(name), "max_length", None) or LONGEST
        if len(value) > limit:
            self.refuse(name, TooLong(field=self.label(name), limit=limit))
        return value

    def yes(self, name: str) -> bool:
        return as_text(self.typed.get(name)).lower() in YES

    def choice(self, name: str, choices: type[TextChoices]) -> str:
        value = self.text(name)
        if value and value not in choices.values:
            self.refuse(name, UnknownChoice(field=self.label(name)))
            return ""
        return value

    def record(self, name: str, among: QuerySet[Any]) -> Any:
        value = as_text(self.typed.get(name)).strip()
        if not value:
            return None
        found = among.filter(pk=int(value)).first() if is_id(value) else None
        if found is None:
            self.refuse(name, UnknownChoice(field=self.label(name)))
        return found

    def day(self, name: str) -> dt.date | None:
        value = self.text(name)
        return self._parsed(name, value, parse_date) if value else None

    def moment(self, name: str) -> dt.datetime | None:
        value = as_text(self.typed.get(name)).strip()
        moment = self._parsed(name, value, parse_datetime) if value else None
        if moment is None or timezone.is_aware(moment):
            return moment
        return timezone.make_aware(moment)

    def _parsed(self, name: str, value: str, parse: Any) -> Any:
        try:
            parsed = parse(value)
        except ValueError:
            parsed = None
        if parsed is None or not FIRST.year <= parsed.year <= LAST.year:
            self.refuse(name, NotADate(field=self.label(name)))
            return None
        return parsed


def stored_phone(typed: str) -> str:
    """The number in its one spelling; what is no number (an extension, "hidden") as it was typed."""
    try:
        return normal_phone(typed) if typed else ""
    except PhoneNotValid:
        return typed
