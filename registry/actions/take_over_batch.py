"""One batch of records into our tables: what is unchanged is not touched."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any

from common.load import insert_rows
from registry.models import (
    Card,
    CardPerson,
    FileKind,
    Organisation,
    OrganisationKey,
    RegisterImport,
    RepresentationRule,
    SeenCode,
)
from registry.open_data.records import BasicRecord, CardRecord, PersonRecord, RuleRecord
from registry.open_data.words import keys_of

BASIC_FIELDS = [field.name for field in fields(BasicRecord)]
PERSON_FIELDS = [field.name for field in fields(PersonRecord)]
RULE_FIELDS = [field.name for field in fields(RuleRecord)]


@dataclass
class Counts:
    added: int = 0
    changed: int = 0
    unchanged: int = 0


def take_over_basic(good: dict[str, BasicRecord], register_import: RegisterImport) -> Counts:
    known = _known(good)
    digests = {code: record.digest for code, record in good.items()}
    new = [code for code in good if code not in known]
    changed = [code for code in good if code in known and known[code].digest != digests[code]]
    renamed = [code for code in changed if known[code].name != good[code].name]
    insert_rows(
        Organisation,
        [*BASIC_FIELDS, "digest", "source_moment"],
        [
            (*_values(good[code], BASIC_FIELDS), digests[code], register_import.made_at)
            for code in new
        ],
    )
    _change(changed, good, digests, register_import)
    added = _known(new)
    _write_keys({known[code].pk: good[code] for code in renamed}, old=True)
    _write_keys({added[code].pk: good[code] for code in new}, old=False)
    insert_rows(
        SeenCode,
        ["register_import", "registry_code"],
        [(register_import.pk, code) for code in good],
    )
    return Counts(len(new), len(changed), len(good) - len(new) - len(changed))


def take_over_cards(good: dict[str, CardRecord], register_import: RegisterImport) -> Counts:
    ids = _ids_with_newcomers(good, register_import)
    known = dict(
        Card.objects.filter(organisation__registry_code__in=list(good)).values_list(
            "organisation_id", "digest"
        )
    )
    digests = {code: record.digest for code, record in good.items()}
    new = [code for code in good if ids[code] not in known]
    changed = [code for code in good if known.get(ids[code], digests[code]) != digests[code]]
    old = [ids[code] for code in changed]
    for model in (Card, CardPerson, RepresentationRule):
        model._base_manager.filter(organisation_id__in=old).delete() if old else None
    writing = [*new, *changed]
    insert_rows(
        Card,
        ["organisation", "digest", "source_moment"],
        [(ids[code], digests[code], register_import.made_at) for code in writing],
    )
    insert_rows(
        CardPerson,
        ["organisation", *PERSON_FIELDS],
        [
            (ids[code], *_values(person, PERSON_FIELDS))
            for code in writing
            for person in good[code].persons
        ],
    )
    insert_rows(
        RepresentationRule,
        ["organisation", *RULE_FIELDS],
        [(ids[code], *_values(rule, RULE_FIELDS)) for code in writing for rule in good[code].rules],
    )
    return Counts(len(new), len(changed), len(good) - len(writing))


TAKE_OVER: dict[str, Callable[[dict[str, Any], RegisterImport], Counts]] = {
    FileKind.BASIC: take_over_basic,
    FileKind.CARDS: take_over_cards,
}


def _known(codes: Iterable[str]) -> dict[str, Organisation]:
    """Return what stands under these codes: its key, name and digest."""
    found = Organisation.objects.filter(registry_code__in=list(codes))
    return {row.registry_code: row for row in found.only("registry_code", "name", "digest")}


def _values(record: Any, names: list[str]) -> list[Any]:
    return [getattr(record, name) for name in names]


def _change(
    changed: list[str],
    good: dict[str, BasicRecord],
    digests: dict[str, str],
    register_import: RegisterImport,
) -> None:
    Organisation.objects.bulk_create(
        [
            Organisation(
                **dict(zip(BASIC_FIELDS, _values(good[code], BASIC_FIELDS), strict=True)),
                digest=digests[code],
                source_moment=register_import.made_at,
            )
            for code in changed
        ],
        update_conflicts=True,
        unique_fields=["registry_code"],
        update_fields=[*BASIC_FIELDS[1:], "digest", "source_moment"],
    )


def _write_keys(records: dict[int, Any], *, old: bool) -> None:
    if old:
        OrganisationKey.objects.filter(organisation_id__in=list(records)).delete()
    insert_rows(
        OrganisationKey,
        ["organisation", "word", "position", "text"],
        [
            (pk, *key)
            for pk, record in records.items()
            for key in keys_of(record.name, record.registry_code)
        ],
    )


def _ids_with_newcomers(
    good: dict[str, CardRecord], register_import: RegisterImport
) -> dict[str, int]:
    """A card may be newer than the basic data: then the organisation stands with code and name."""
    ids = {code: row.pk for code, row in _known(good).items()}
    newcomers = [code for code in good if code not in ids]
    if not newcomers:
        return ids
    Organisation.objects.bulk_create(
        [
            Organisation(
                registry_code=code, name=good[code].name, source_moment=register_import.made_at
            )
            for code in newcomers
        ]
    )
    added = {code: row.pk for code, row in _known(newcomers).items()}
    _write_keys({pk: good[code] for code, pk in added.items()}, old=False)
    return {**ids, **added}
