"""What a colleague saved meanwhile beside what was written here, field by field and in words."""

from collections.abc import Mapping
from typing import Any, cast

from django.db.models import Field

from common.models import Difference, StaleSave
from tickets.models import Ticket, TicketFact


def differences_in_words(stale: StaleSave, mine: Mapping[str, Any]) -> list[Difference]:
    """Return what differs: choices and records by their names, facts one by one."""
    current = cast("Ticket", stale.current)
    names = [one.name for one in stale.differences]
    fields = [_of_field(current, name, mine) for name in names if name != "facts"]
    return fields + (_of_facts(current, mine["facts"]) if "facts" in names else [])


def _of_field(current: Ticket, name: str, mine: Mapping[str, Any]) -> Difference:
    field = cast("Field[Any, Any]", Ticket._meta.get_field(name))
    labels = {str(value): str(label) for value, label in field.flatchoices}
    theirs, own = (
        labels.get(str(value or ""), str(value or ""))
        for value in (getattr(current, name), mine[name])
    )
    return Difference(name, str(field.verbose_name), theirs, own)


def _of_facts(current: Ticket, mine: Mapping[str, str]) -> list[Difference]:
    return [
        Difference(fact.code, fact.name, current.facts.get(fact.code, ""), mine.get(fact.code, ""))
        for fact in TicketFact.objects.all()
        if current.facts.get(fact.code, "") != mine.get(fact.code, "")
    ]
