"""Who may be named in a paper as representative, and how the paper says it (in Estonian)."""

import re
from dataclasses import dataclass

from common.encryption import lookup_hash
from documents.models import Paper, PaperSigner
from registry.models import CheckPerson, RepresentationCheck
from registry.representation.codes import country_of

SIGNER_CODE = "documents.signer_code"  # purpose of the lookup hash

BY_LAW = "seaduse"
LONG_NUMBER = re.compile(r"\d{8,}")
CODE_OF_COUNTRY = re.compile(r"(?:PNO|TIN)([A-Z]{2})-(.+)")  # EN 319 412-1, 5.1.3
# Role code of the register: office as it stands in the paper, basis in the genitive.
OFFICES = {
    "JUHL": ("juhatuse liige", BY_LAW),
    "JUHA": ("juhatuse ainuliige", BY_LAW),
    "JUHE": ("juhatuse esimees", BY_LAW),
    "JUHJ": ("juhataja", BY_LAW),
    "PROK": ("prokurist", "prokuura"),
    "TOSAN": ("täisosanik", BY_LAW),
    "EUSOS": ("esindama volitatud usaldusosanik", BY_LAW),
    "EUSOS2": ("esindama volitatud usaldusosanik", BY_LAW),
    "ASES": ("asutuse juht", "põhimääruse"),
    "VFILJ": ("filiaali juhataja", BY_LAW),
    "FIE": ("füüsilisest isikust ettevõtja", BY_LAW),
    "VALIT": ("valitseja", BY_LAW),
    "LIKV": ("likvideerija", BY_LAW),
    "LIKVJ": ("likvideerija", BY_LAW),
    "PANKR": ("pankrotihaldur", "kohtumääruse"),
    "AJPH": ("likvideerija ülesannetes ajutine pankrotihaldur", "kohtumääruse"),
}


@dataclass(frozen=True)
class ChosenSigner:
    """A representative whom the specialist has chosen to sign."""

    name: str
    code: str = ""
    country: str = "EST"
    job_title: str = ""
    basis: str = BY_LAW

    @property
    def code_hash(self) -> str:
        return code_hash(self.code, self.country)


def code_hash(code: str, country: str) -> str:
    """By what a person is known: the code with its country, by two letters or by three."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    land = country_of(country) or "EST"
    return lookup_hash(f"{land} {plain}", purpose=SIGNER_CODE) if plain else ""


def certificate_hash(code: str) -> str:
    """By what the holder of a certificate is known: another country's code says which (PNOLV-…)."""
    found = CODE_OF_COUNTRY.fullmatch(code)
    return code_hash(found[2], found[1]) if found else code_hash(code, "EST")


def masked(code: str) -> str:
    """Return 39001****** of a personal code, and as little of any other."""
    if not code:
        return ""
    return f"{code[: 5 if len(code) == 11 else 2]}******"


def name_on_certificate(name: str, code: str) -> str:
    """Return "Mari-Liis Männik" of "MÄNNIK,MARI-LIIS,47101010033": a certificate's name holds the code."""
    for known in (
        code,
        code.partition("-")[2],
    ):  # another country's stands there with it or without
        name = name.replace(known, "") if known else name
    plain = LONG_NUMBER.sub("", name)
    parts = [part.strip() for part in plain.split(",") if part.strip()]
    if not code or len(parts) != 2:
        return ", ".join(parts)
    surname, given = (part.title() if part.isupper() else part for part in parts)
    return f"{given} {surname}"


def from_check(person: CheckPerson) -> ChosenSigner:
    """How a person whom the register named would stand in a paper."""
    job_title, basis = OFFICES.get(person.role, (person.role_label.lower(), BY_LAW))
    if person.depth:
        job_title = f"{person.of_name}, {job_title}"
    return ChosenSigner(
        name=person.name,
        code=person.code,
        country=person.country or "EST",
        job_title=job_title,
        basis=basis,
    )


def from_paper(signer: PaperSigner) -> ChosenSigner:
    return ChosenSigner(
        name=signer.name,
        code=signer.personal_code,
        country=signer.code_country,
        job_title=signer.job_title,
        basis=signer.basis,
    )


def candidates(check: RepresentationCheck) -> list[CheckPerson]:
    """The natural persons whom the check found to represent, alone ones first."""
    people = [
        one for one in check.people.all() if not one.is_legal_person and one.represents is not False
    ]
    seen: dict[str, CheckPerson] = {}
    for one in sorted(people, key=lambda one: (one.may_alone is not True, one.depth, one.position)):
        seen.setdefault(code_hash(one.code, one.country) or one.name, one)
    return list(seen.values())


def is_covered(check: RepresentationCheck, chosen: list[ChosenSigner]) -> bool:
    """Whether the check speaks of exactly these people.

    A check made about named people covers those and no others. One made about nobody in particular
    covers whoever represents alone by a role that is beyond doubt on the organisation's own card, or,
    once a person has confirmed it, whoever it found.
    """
    asked = list(check.signatories.all())
    if asked:
        return {_key(one.code, one.country, one.name) for one in asked} == {
            _key(one.code, one.country, one.name) for one in chosen
        }
    fit = {
        _key(one.code, one.country, one.name)
        for one in candidates(check)
        if check.settled_at or (one.may_alone and one.represents and not one.depth)
    }
    return bool(chosen) and all(_key(one.code, one.country, one.name) in fit for one in chosen)


def _key(code: str, country: str, name: str) -> str:
    return code_hash(code, country) or " ".join(name.casefold().split())


def representatives(paper: Paper) -> list[PaperSigner]:
    return [one for one in paper.signers.all() if one.role == "representative"]
