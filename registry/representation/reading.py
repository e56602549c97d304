"""Aids for the person who must read a deviation. The text itself decides, never these."""

import re

from registry.representation.codes import folded_name
from registry.representation.records import Person
from registry.representation.verdicts import Reason

JOINT = re.compile(r"\b(ühiselt|ühine|ühise|koos|üheskoos|mõlemad)\b", re.IGNORECASE)
ALONE = re.compile(r"\b(üksi|ainuisikuliselt|eraldi|iseseisvalt|igaüks|iga)\b", re.IGNORECASE)
TWO = re.compile(r"\b(kaks|kahel|kahe|kahekesi)\b", re.IGNORECASE)
CHAIR = re.compile(r"\besime(es|he|hel|helt)\b", re.IGNORECASE)
PROCURIST = re.compile(r"\bprokurist", re.IGNORECASE)

SIGNS = (
    ("text_speaks_of_joint", JOINT),
    ("text_speaks_of_two", TWO),
    ("text_speaks_of_alone", ALONE),
    ("text_speaks_of_chair", CHAIR),
    ("text_speaks_of_procurist", PROCURIST),
)


def reading_aids(texts: list[str], persons: tuple[Person, ...]) -> list[Reason]:
    whole = "\n".join(texts)
    aids = [Reason.of(code) for code, pattern in SIGNS if pattern.search(whole)]
    folded = f" {folded_name(whole)} "
    named = sorted({one.name for one in persons if f" {folded_name(one.name)} " in folded})
    if named:
        aids.append(Reason.of("text_names", names=", ".join(named)))
    return aids
