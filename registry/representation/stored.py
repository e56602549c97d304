"""Answers as JSON and back, for the encrypted column of an answer that was kept."""

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from registry.representation.records import Deviation, Group, OrganisationAnswer, Person

DAYS = ("starts_on", "ends_on", "term_ends_on")


def to_json(answer: OrganisationAnswer | None) -> str:
    if answer is None:
        return "null"
    kept = asdict(replace(answer, represented_by={}))
    return json.dumps(kept, ensure_ascii=False, default=str)


def from_json(text: str) -> OrganisationAnswer | None:
    content = json.loads(text)
    if content is None:
        return None
    content["persons"] = tuple(_person(one) for one in content["persons"])
    content["deviations"] = tuple(Deviation(**_days(one)) for one in content["deviations"])
    content["groups"] = tuple(
        Group(one["number"], tuple(_person(member) for member in one["members"]))
        for one in content["groups"]
    )
    return OrganisationAnswer(**content)


def _person(content: dict[str, Any]) -> Person:
    return Person(**_days(content))


def _days(content: dict[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(content[name]) for name in DAYS if content.get(name)}
    return {**content, **days}
