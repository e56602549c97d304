"""What is kept of a record of the open data: checked, cut to our columns, and no more personal than needed."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.open_data.cases import FORM_LABELS
from registry.open_data.csv_records import Bad, Row
from registry.register_xml.reading import day

FORM_OF_LABEL = {label.casefold(): code for code, label in FORM_LABELS.items()}


@dataclass(frozen=True)
class BasicRecord:
    registry_code: str
    name: str
    status: str
    status_text: str
    legal_form: str
    legal_form_label: str
    legal_form_subtype: str
    vat_number: str
    address: str
    ehak_code: str
    ehak_text: str
    postal_code: str
    link: str
    first_entry_on: date | None

    @property
    def digest(self) -> str:
        return _digest(tuple(vars(self).values()))


@dataclass(frozen=True)
class PersonRecord:
    name: str
    is_legal_person: bool
    registry_code: str
    is_foreign: bool
    role: str
    role_label: str
    starts_on: date | None
    ends_on: date | None
    term_ends_on: date | None


@dataclass(frozen=True)
class RuleRecord:
    is_deviation: bool
    kind: str
    kind_label: str
    text: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class CardRecord:
    registry_code: str
    name: str
    persons: tuple[PersonRecord, ...]
    rules: tuple[RuleRecord, ...]

    @property
    def digest(self) -> str:
        return _digest((self.persons, self.rules))


def basic_record(row: Row) -> BasicRecord:
    """Raises Bad."""
    code = _code(row.get("ariregistri_kood", ""))
    label = _text(row, "ettevotja_oiguslik_vorm", 150, code)
    return BasicRecord(
        registry_code=code,
        name=_required(row, "nimi", 500, code),
        status=_text(row, "ettevotja_staatus", 10, code),
        status_text=_text(row, "ettevotja_staatus_tekstina", 100, code),
        legal_form=FORM_OF_LABEL.get(label.casefold(), ""),
        legal_form_label=label,
        legal_form_subtype=_text(row, "ettevotja_oigusliku_vormi_alaliik", 150, code),
        vat_number=_text(row, "kmkr_nr", 20, code),
        address=_text(row, "ads_normaliseeritud_taisaadress", 500, code)
        or _text(row, "ettevotja_aadress", 500, code)
        or _text(row, "asukoht_ettevotja_aadressis", 500, code),
        ehak_code=_text(row, "asukoha_ehak_kood", 10, code),
        ehak_text=_text(row, "asukoha_ehak_tekstina", 200, code),
        postal_code=_text(row, "indeks_ettevotja_aadressis", 10, code),
        link=_text(row, "teabesysteemi_link", 500, code),
        first_entry_on=_day(row, "ettevotja_esmakande_kpv", code),
    )


def card_record(record: Any) -> CardRecord:
    """Raises Bad. Hash, birth date, e-mail, address and foreign code are left where they are."""
    if not isinstance(record, dict):
        raise Bad("not_a_record")
    code = _code(record.get("ariregistri_kood"))
    return CardRecord(
        registry_code=code,
        name=_required(record, "nimi", 500, code),
        persons=tuple(_person(one, code) for one in _list(record, "kaardile_kantud_isikud", code)),
        rules=(
            *(
                _rule(one, code, kind="roll", label="roll_tekstina", text="sisu")
                for one in _list(record, "esindusoiguse_normaalregulatsioonid", code)
            ),
            *(
                _rule(
                    one,
                    code,
                    kind="esinduse_tyyp",
                    label="esinduse_tyyp_tekstina",
                    text="esinduse_sisu",
                )
                for one in _list(record, "esindusoiguse_eritingimused", code)
            ),
        ),
    )


def _person(one: dict[str, Any], code: str) -> PersonRecord:
    is_legal = one.get("isiku_tyyp") == "J"
    first, last = _text(one, "eesnimi", 250, code), _text(one, "nimi_arinimi", 500, code)
    name = f"{first} {last}".strip()[:500]
    if not name:
        raise Bad("person_without_name", code)
    country = _text(one, "valis_kood_riik", 20, code)
    return PersonRecord(
        name=name,
        is_legal_person=is_legal,
        registry_code=_text(one, "isikukood_registrikood", 20, code) if is_legal else "",
        is_foreign=bool(one.get("valis_kood")) or country not in {"", "EST"},
        role=_text(one, "isiku_roll", 20, code),
        role_label=_text(one, "isiku_roll_tekstina", 200, code),
        starts_on=_day(one, "algus_kpv", code),
        ends_on=_day(one, "lopp_kpv", code),
        term_ends_on=_day(one, "volituste_loppemise_kpv", code),
    )


def _rule(one: dict[str, Any], code: str, *, kind: str, label: str, text: str) -> RuleRecord:
    return RuleRecord(
        is_deviation=kind == "esinduse_tyyp",
        kind=_text(one, kind, 20, code),
        kind_label=_text(one, label, 300, code),
        text=_text(one, text, 20_000, code),
        starts_on=_day(one, "algus_kpv", code),
        ends_on=_day(one, "lopp_kpv", code),
    )


def _list(record: dict[str, Any], name: str, code: str) -> list[dict[str, Any]]:
    """Return the list, however it is written: absent, one thing, many, or wrapped in `item`."""
    found = record.get(name)
    if isinstance(found, dict):
        found = found.get("item", found) or []
    found = [found] if isinstance(found, dict) else found or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Bad("wrong_shape", code)
    return found


def _code(raw: Any) -> str:
    code = str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""
    if not (code.isascii() and code.isdigit() and 1 <= len(code) <= 15):
        raise Bad("no_registry_code")
    return code


def _required(record: dict[str, Any], name: str, length: int, code: str) -> str:
    text = _text(record, name, length, code)
    if not text:
        raise Bad("no_name", code)
    return text


def _text(record: dict[str, Any], name: str, length: int, code: str) -> str:
    raw = record.get(name)
    if not raw:  # null, "", {} or []
        return ""
    if not isinstance(raw, str):
        if not isinstance(raw, int | float):
            raise Bad("wrong_shape", code)
        raw = str(raw)
    text = " ".join(raw.split())
    if "\0" in text or not (text.isascii() or _is_text(text)):
        raise Bad("not_utf8", code)
    if len(text) > length:
        raise Bad("too_long", code)
    return text


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _day(record: dict[str, Any], name: str, code: str) -> date | None:
    raw = _text(record, name, 40, code)
    if not raw:
        return None
    found = day(raw)
    if found is None:
        raise Bad("wrong_date", code)
    return found


def _digest(values: object) -> str:
    return hashlib.blake2b(repr(values).encode(), digest_size=16).hexdigest()
