"""Organisations of every kind a check must know, invented: the stand-in answers with them, the demo shows them."""

import json
from pathlib import Path
from typing import Any

SEED = Path(__file__).parent.parent / "seed" / "register_cases.json"

STATUS_TEXTS = {
    "R": "Registrisse kantud",
    "L": "Likvideerimisel",
    "N": "Pankrotis",
    "K": "Kustutatud",
}
# Codes of legal forms with the words by which the open data name them.
FORM_LABELS = {
    "OÜ": "Osaühing",
    "AS": "Aktsiaselts",
    "TÜ": "Täisühing",
    "UÜ": "Usaldusühing",
    "TÜH": "Tulundusühistu",
    "FIE": "Füüsilisest isikust ettevõtja",
    "FIL": "Filiaal",
    "MTÜ": "Mittetulundusühing",
    "SA": "Sihtasutus",
    "KÜ": "Korteriühistu",
    "MPÜ": "Maaparandusühistu",
    "AMETÜ": "Ametiühing",
    "ERAK": "Erakond",
    "TRAS": "Täidesaatva riigivõimu asutus või riigi muu institutsioon",
    "KOVAS": "Kohaliku omavalitsuse asutus",
    "AVOIG": "Avalik-õiguslik juriidiline isik",
    "SE": "Euroopa äriühing (Societas Europaea)",
    "SCE": "Euroopa ühistu",
    "EMÜ": "Euroopa majandushuviühing",
    "TKR": "Euroopa territoriaalse koostöö rühmitus",
}
FORM_NUMBERS = {"AS": 1, "UÜ": 4, "OÜ": 5}
ROLE_LABELS = {
    "JUHL": "Juhatuse liige",
    "PROK": "Prokurist",
    "TOSAN": "Täisosanik",
    "UOSAN": "Usaldusosanik",
    "FIE": "Füüsilisest isikust ettevõtja",
    "VFILJ": "Filiaali juhataja",
    "ASES": "Asutuse esindusõiguslik isik",
    "KOAS": "Kõrgemalseisev asutus",
    "LIKV": "Likvideerija",
    "PANKR": "Pankrotihaldur",
    "KISIK": "Kontaktisik",
}
DEVIATION_LABELS = {
    "YHES": "Juhatuse liikmete ühise esindusõiguse tingimused",
    "PROK": "Prokuristide esindusõiguse tingimused",
}
NORMAL_RULES = {
    "OÜ": "Osaühingut võib kõikide tehingute tegemisel esindada iga juhatuse liige.",
    "AS": "Aktsiaseltsi võib kõikide tehingute tegemisel esindada iga juhatuse liige.",
    "MTÜ": "Mittetulundusühingut võib kõikide tehingute tegemisel esindada iga juhatuse liige.",
    "SA": "Sihtasutust võib kõikide tehingute tegemisel esindada iga juhatuse liige.",
    "KÜ": "Korteriühistut võib kõikide tehingute tegemisel esindada iga juhatuse liige.",
    "TÜH": "Tulundusühistut võib kõikide tehingute tegemisel esindada iga juhatuse liige.",
}


def register_cases() -> list[dict[str, Any]]:
    return json.loads(SEED.read_text())
