"""Files of open data in their true form and any size, of invented organisations and people.

Registry codes: the cases of the seed, then 18000000 to 19999999 with a right check digit (about
200,000, unlikely to exist); beyond that 16000000 to 17999999, also with a right check digit, where real
codes may lie: such a code only makes the size true, the name beside it is invented.
"""

import hashlib
import io
import json
import random
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from registry.open_data.cases import (
    DEVIATION_LABELS,
    FORM_LABELS,
    NORMAL_RULES,
    ROLE_LABELS,
    STATUS_TEXTS,
    register_cases,
)
from registry.open_data.name_parts import ACTIVITIES, FIRST_NAMES, LAST_NAMES, NAME_ROOTS, PLACES
from registry.representation.codes import check_digit

COLUMNS = [
    "nimi",
    "ariregistri_kood",
    "ettevotja_oiguslik_vorm",
    "ettevotja_oigusliku_vormi_alaliik",
    "kmkr_nr",
    "ettevotja_staatus",
    "ettevotja_staatus_tekstina",
    "ettevotja_esmakande_kpv",
    "ettevotja_aadress",
    "asukoht_ettevotja_aadressis",
    "asukoha_ehak_kood",
    "asukoha_ehak_tekstina",
    "indeks_ettevotja_aadressis",
    "ads_adr_id",
    "ads_ads_oid",
    "ads_normaliseeritud_taisaadress",
    "teabesysteemi_link",
]
# Shares as measured in 2026-09, in thousands.
FORMS = (("OÜ", 293), ("KÜ", 26), ("FIE", 25), ("MTÜ", 23), ("UÜ", 4), ("AS", 2), ("SA", 1))
STATUSES = (("R", 96), ("L", 3), ("N", 1))
CODE_RANGES = ((1_800_000, 2_000_000), (1_600_000, 1_800_000))
MEMBER = {
    "basic": "ettevotja_rekvisiidid__lihtandmed.csv",
    "cards": "ettevotja_rekvisiidid__kaardile_kantud_isikud.json",
}


def codes() -> Iterator[str]:
    for first, last in CODE_RANGES:
        for stem in range(first, last):
            code = f"{stem}{check_digit(str(stem))}"
            yield code


def organisations(
    count: int, *, seed: int = 1, with_cases: bool = True
) -> Iterator[dict[str, Any]]:
    """Yield organisations in the form of the seed's cases, always the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311  invented names, no secrets
    cases = [case for case in register_cases() if case["status"] != "K"] if with_cases else []
    yield from cases[:count]
    taken = {case["code"] for case in register_cases()}
    free = (code for code in codes() if code not in taken)
    for _number in range(max(0, count - len(cases))):
        yield _organisation(next(free), rng)


def _organisation(code: str, rng: random.Random) -> dict[str, Any]:
    form = _weighted(rng, FORMS)
    status = _weighted(rng, STATUSES)
    persons = _persons(form, status, rng)
    name = _name(form, persons, rng)
    county, place, ehak, zip_code = rng.choice(PLACES)
    street = f"{rng.choice(NAME_ROOTS)} tn {rng.randint(1, 99)}"
    joint = form in {"OÜ", "AS"} and len(persons) > 1 and rng.random() < 0.1
    founded = date(1995, 1, 1) + timedelta(days=rng.randrange(11_000))
    return {
        "code": code,
        "name": name,
        "legal_form": form,
        "status": status,
        "persons": persons,
        "deviations": [
            {
                "kind": "YHES",
                "text": "Juhatuse liikmed esindavad ühiselt.",
                "starts_on": founded.isoformat(),
            }
        ]
        if joint
        else [],
        "founded_on": founded.isoformat(),
        "address": f"{county} maakond, {place}, {street}",
        "street": street,
        "ehak_code": ehak,
        "ehak_text": f"{place}, {county} maakond",
        "postal_code": zip_code,
    }


def _name(form: str, persons: list[dict[str, Any]], rng: random.Random) -> str:
    if form == "FIE":
        return f"{persons[0]['first_name']} {persons[0]['last_name']} FIE"
    if form == "KÜ":
        place = rng.choice(PLACES)[1]
        return f"{place}, {rng.choice(NAME_ROOTS)} tn {rng.randint(1, 150)} korteriühistu"
    words = f"{rng.choice(NAME_ROOTS)}{rng.choice(['', 'la', 'mäe', 'vee', 'metsa', ' & Ko', '-Grupp'])}"
    if rng.random() < 0.7:
        words = f"{words} {rng.choice(ACTIVITIES)}"
    if rng.random() < 0.1:
        words = f'"{words}"'
    return f"{form} {words}" if rng.random() < 0.3 else f"{words} {form}"


def _persons(form: str, status: str, rng: random.Random) -> list[dict[str, Any]]:
    if form == "FIE":
        return [_person("FIE", rng)]
    if form == "UÜ":
        return [_person("TOSAN", rng), _person("UOSAN", rng)]
    count = rng.choices((0, 1, 2, 3, 4), (1, 65, 22, 9, 3))[0]
    role = {"L": "LIKV", "N": "PANKR"}.get(status, "JUHL")
    people = [_person(role, rng) for _number in range(max(count, 0 if form == "KÜ" else 1))]
    if rng.random() < 0.04:
        people.append(_company("KISIK", rng))
    if rng.random() < 0.006:
        people.append(_person("PROK", rng))
    return people


def _person(role: str, rng: random.Random) -> dict[str, Any]:
    starts = date(2005, 1, 1) + timedelta(days=rng.randrange(7_800))
    is_foreign = rng.random() < 0.018
    return {
        "kind": "F",
        "first_name": rng.choice(FIRST_NAMES),
        "last_name": rng.choice(LAST_NAMES),
        "code": f"{rng.randrange(10**9):09d}" if is_foreign else "",
        "country": rng.choice(["LVA", "FIN", "GER", "XXX"]) if is_foreign else "EST",
        "role": role,
        "starts_on": starts.isoformat(),
        "term_ends_on": (starts + timedelta(days=1095)).isoformat() if rng.random() < 0.2 else "",
    }


def _company(role: str, rng: random.Random) -> dict[str, Any]:
    stem = rng.randrange(1_900_000, 2_000_000)
    return {
        "kind": "J",
        "first_name": "",
        "last_name": f"{rng.choice(NAME_ROOTS)} Büroo OÜ",
        "code": f"{stem}{check_digit(str(stem))}",
        "country": "EST",
        "role": role,
        "starts_on": "2020-01-15",
    }


def _weighted(rng: random.Random, choices: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([one for one, _ in choices], [share for _, share in choices])[0]


def basic_line(case: dict[str, Any]) -> str:
    street = case.get("street") or case["address"].rsplit(", ", 1)[-1]
    cells = [
        case["name"],
        case["code"],
        FORM_LABELS[case["legal_form"]],
        "",
        "",
        case["status"],
        STATUS_TEXTS[case["status"]],
        _estonian(case["founded_on"]),
        "",
        street,
        case["ehak_code"],
        case["ehak_text"],
        case["postal_code"],
        f"2{case['code'][1:]}",
        f"ME{case['code']}",
        case["address"],
        f"https://ariregister.rik.ee/est/company/{case['code']}",
    ]
    return ";".join(_cell(cell) for cell in cells) + "\r\n"


def card_object(case: dict[str, Any]) -> dict[str, Any]:
    return {
        "ariregistri_kood": int(case["code"]),
        "nimi": case["name"],
        "kaardile_kantud_isikud": [
            _card_person(number, one, case) for number, one in enumerate(case["persons"])
        ],
        "esindusoiguse_normaalregulatsioonid": [
            {"roll": "JUHL", "sisu": NORMAL_RULES[case["legal_form"]]}
        ]
        if case["legal_form"] in NORMAL_RULES
        else [],
        "esindusoiguse_eritingimused": [
            {
                "kirje_id": 1_000_000 + number,
                "kaardi_piirkond": 1,
                "kaardi_nr": 1,
                "kaardi_tyyp": "R",
                "kande_nr": "3",
                "esinduse_tyyp": one["kind"],
                "esinduse_tyyp_tekstina": DEVIATION_LABELS[one["kind"]],
                "esinduse_sisu": one["text"],
                "algus_kpv": _estonian(one["starts_on"]),
                "lopp_kpv": None,
            }
            for number, one in enumerate(case["deviations"])
        ],
        "hooneyhistu_liikmed": [],
    }


def _card_person(number: int, one: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """Personal codes are withheld since 2024-11-01: null beside a hash; companies keep theirs."""
    is_legal, is_foreign = one["kind"] == "J", one["country"] not in {"EST", ""}
    has_hash = not is_legal and not is_foreign
    identity = f"{one['first_name']} {one['last_name']} {one['code']}"
    return {
        "kirje_id": 9_000_000 + number,
        "kaardi_piirkond": 1,
        "kaardi_nr": 1,
        "kaardi_tyyp": "R",
        "kande_nr": number + 1,
        "isiku_tyyp": one["kind"],
        "isiku_roll": one["role"],
        "isiku_roll_tekstina": ROLE_LABELS.get(one["role"], "Tundmatu roll"),
        "eesnimi": one["first_name"] or None,
        "nimi_arinimi": one["last_name"],
        "isikukood_registrikood": one["code"] if is_legal else None,
        "isikukood_hash": hashlib.md5(identity.encode(), usedforsecurity=False).hexdigest()
        if has_hash
        else None,
        "valis_kood": one["code"] if is_foreign else None,
        "valis_kood_riik": one["country"] if is_foreign else None,
        "valis_kood_riik_tekstina": None,
        "synniaeg": None,
        "volituste_loppemise_kpv": _estonian(one.get("term_ends_on", "")) or None,
        "aadress_riik": "EST",
        "aadress_riik_tekstina": "Eesti",
        "aadress_ehak": case["ehak_code"],
        "aadress_ehak_tekstina": case["ehak_text"],
        "aadress_tanav_maja_korter": case["address"].rsplit(", ", 1)[-1],
        "aadress_postiindeks": case["postal_code"],
        "aadress_ads__ads_oid": None,
        "aadress_ads__adr_id": None,
        "aadress_ads__ads_normaliseeritud_taisaadress": case["address"],
        "aadress_ads__koodaadress": None,
        "algus_kpv": _estonian(one["starts_on"]),
        "lopp_kpv": None if number % 2 else "",
        "email": "keegi@example.ee" if number == 0 else None,
    }


def write_files(
    folder: Path, count: int, *, seed: int = 1, zipped: bool = True, made: datetime
) -> list[Path]:
    """Write both files into the folder and return where they are: basic data first."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = {"basic": _basic_parts(count, seed), "cards": _card_parts(count, seed)}
    return [_write(folder, kind, part, zipped=zipped, made=made) for kind, part in parts.items()]


def _basic_parts(count: int, seed: int) -> Iterator[str]:
    yield "\ufeff" + ";".join(COLUMNS) + "\r\n"
    for case in organisations(count, seed=seed):
        yield basic_line(case)


def _card_parts(count: int, seed: int) -> Iterator[str]:
    comma = "["
    for case in organisations(count, seed=seed):
        yield comma + json.dumps(card_object(case), ensure_ascii=False)
        comma = ",\n"
    yield "]" if comma != "[" else "[]"


def _write(folder: Path, kind: str, parts: Iterator[str], *, zipped: bool, made: datetime) -> Path:
    if not zipped:
        path = folder / MEMBER[kind]
        with path.open("w", encoding="utf-8", newline="") as plain:
            plain.writelines(parts)
        return path
    path = folder / f"{MEMBER[kind]}.zip"
    member = zipfile.ZipInfo(MEMBER[kind], made.timetuple()[:6])
    member.compress_type = zipfile.ZIP_DEFLATED
    with (
        zipfile.ZipFile(path, "w", compresslevel=1) as archive,
        archive.open(member, "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, encoding="utf-8", newline="") as text,
    ):
        text.writelines(parts)
    return path


def _estonian(iso: str) -> str:
    return ".".join(reversed(iso.split("-"))) if iso else ""


def _cell(value: str) -> str:
    if any(sign in value for sign in ';"\n'):
        return '"' + value.replace('"', '""') + '"'
    return value
