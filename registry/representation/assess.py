"""The verdict on one organisation and the people who are to sign for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from registry.representation import roles
from registry.representation.codes import (
    has_registry_check_digit,
    plain_code,
)
from registry.representation.reading import reading_aids
from registry.representation.records import OrganisationAnswer, Person, Signatory
from registry.representation.roles import Acting
from registry.representation.verdicts import Assessment, Reason, Verdict
from registry.representation.why_not import who_is_missing_from_the_card

MAX_DEPTH = 3
ORDINARY_STATUSES = frozenset("RLN")


@dataclass(frozen=True)
class Case:
    """One organisation under one question."""

    answer: OrganisationAnswer
    signatories: tuple[Signatory, ...]
    on: date
    depth: int
    above: frozenset[str]

    @property
    def texts(self) -> list[str]:
        return [
            deviation.text
            for deviation in self.answer.deviations
            if deviation.text.strip() and not (deviation.ends_on and deviation.ends_on < self.on)
        ]


def assess(
    answer: OrganisationAnswer | None,
    *,
    code: str,
    signatories: Sequence[Signatory],
    on: date,
    depth: int = 0,
    above: frozenset[str] = frozenset(),
) -> Assessment:
    """Say whether these people may sign for the organisation, and why.

    Without signatories it says who might. `depth` and `above` hold back a chain of partners that
    are companies themselves.
    """
    notes = [] if has_registry_check_digit(plain_code(code)) else [Reason.of("check_digit_wrong")]
    if answer is None:
        return Assessment(Verdict.NOT_FOUND, (Reason.of("not_in_register", code=code), *notes))
    if answer.status == "K":
        return Assessment(Verdict.DELETED, (Reason.of("deleted", name=answer.name), *notes))
    case = Case(answer, tuple(signatories), on, depth, above | {plain_code(answer.code)})
    verdict, reasons = _decide(case)
    return Assessment(verdict, tuple(dict.fromkeys([*reasons, *_status_notes(answer), *notes])))


def _decide(case: Case) -> tuple[Verdict, list[Reason]]:
    if case.answer.status not in ORDINARY_STATUSES:
        unknown = Reason.of(
            "status_unknown", status=case.answer.status_text or case.answer.status or "?"
        )
        return Verdict.NOT_ACTIVE, [unknown]
    acting = [one for one in case.answer.persons if _acts(one, case) != Acting.NO]
    if not acting:
        return _nobody_acts(case)
    verdict, reasons = _those_who_sign(case, acting) if case.signatories else _anyone(case, acting)
    if case.texts:
        reasons = [*reasons, *reading_aids(case.texts, case.answer.persons)]
    if case.answer.legal_form in roles.AGENCIES and verdict != Verdict.NOT_LISTED:
        return Verdict.AGENCY, [Reason.of("agency_speaks_for_the_state"), *reasons]
    return verdict, reasons


def _acts(person: Person, case: Case) -> Acting:
    if person.ends_on and person.ends_on < case.on:
        return Acting.NO
    return roles.acting(person.role, case.answer.status)


def _nobody_acts(case: Case) -> tuple[Verdict, list[Reason]]:
    if case.answer.legal_form == roles.APARTMENT_ASSOCIATION:
        return Verdict.NO_BOARD, [Reason.of("apartment_association_without_board")]
    if case.answer.legal_form in roles.AGENCIES:
        return Verdict.AGENCY, [
            Reason.of("agency_speaks_for_the_state"),
            Reason.of("agency_without_listed_head"),
        ]
    if case.signatories and case.answer.persons:
        return Verdict.NOT_LISTED, [
            *who_is_missing_from_the_card(case.answer, case.signatories, case.on, []),
            Reason.of("power_of_attorney_needed"),
        ]
    return Verdict.NEEDS_READING, [Reason.of("nobody_on_card")]


def _anyone(case: Case, acting: list[Person]) -> tuple[Verdict, list[Reason]]:
    """Nobody is named yet: say who could sign."""
    standings = [Standing.of(one, case, Assessment(Verdict.SOLE)) for one in acting]
    reasons = [note for one in standings for note in one.notes]
    alone = [one for one in standings if one.is_alone]
    if alone:
        told = Reason.of("each_alone", names=_names([one.person for one in alone]))
        firm = all(one.is_firm and not one.person.is_legal for one in alone)
        verdict = Verdict.SOLE if firm and not case.texts else Verdict.SOLE_WITH_CONDITIONS
        return verdict, [told, *_text_note(case), *reasons]
    if case.answer.groups:
        groups = [
            Reason.of("group_together", names=_names(group.members)) for group in case.answer.groups
        ]
        return Verdict.JOINT_INCOMPLETE, [*groups, *_text_note(case), *reasons]
    return Verdict.NEEDS_READING, [Reason.of("nobody_alone"), *_text_note(case), *reasons]


def _those_who_sign(case: Case, acting: list[Person]) -> tuple[Verdict, list[Reason]]:
    standings = [Standing.of(one, case, _signs(one, case)) for one in acting]
    signed = [one for one in standings if one.signing.verdict in SIGNED]
    alone = [one for one in signed if one.is_alone]
    reasons = [reason for one in signed for reason in (*one.signing.reasons, *one.notes)]
    reasons += who_is_missing_from_the_card(
        case.answer, case.signatories, case.on, [one.person for one in signed]
    )
    if alone:
        told = [Reason.of("alone", names=_names([one.person for one in alone])), *_text_note(case)]
        # One signatory beyond doubt is enough, whatever is said of the others.
        firm = any(one.is_firm for one in alone) and not case.texts
        return (Verdict.SOLE if firm else Verdict.SOLE_WITH_CONDITIONS), [*told, *reasons]
    by_hand = [note for one in standings if one not in signed for note in one.signing.reasons]
    if not signed and not by_hand:
        return Verdict.NOT_LISTED, [*reasons, Reason.of("power_of_attorney_needed")]
    return _joint(case, [one.person for one in signed], [*reasons, *by_hand])


# A card person «signs» when one of the signatories is that person or signs for that company.
SIGNED = frozenset({Verdict.SOLE, Verdict.SOLE_WITH_CONDITIONS, Verdict.JOINT_SATISFIED})
CAUTION = frozenset(
    {"term_expired", "not_yet_in_office", "signs_through_with_conditions", "role_needs_reading"}
)


@dataclass(frozen=True)
class Standing:
    """A person on the card, whether a signatory signs for him or her, and what must be said."""

    person: Person
    signing: Assessment
    is_alone: bool
    notes: tuple[Reason, ...]

    @classmethod
    def of(cls, person: Person, case: Case, signing: Assessment) -> "Standing":
        is_alone = _right(person) and _acts(person, case) == Acting.YES
        return cls(person, signing, is_alone, tuple(_notes_on(person, case)))

    @property
    def is_firm(self) -> bool:
        said = {reason.code for reason in (*self.signing.reasons, *self.notes)}
        return self.signing.verdict == Verdict.SOLE and not said & CAUTION


def _right(person: Person) -> bool:
    """Whether the person may act alone. A sole trader is the undertaking himself."""
    return person.may_alone is True or (
        person.role in roles.SELF_EMPLOYED and person.may_alone is None
    )


def _signs(person: Person, case: Case) -> Assessment:
    if person.is_legal:
        return _signs_through(person, case)
    if any(signatory.key and signatory.key == person.key for signatory in case.signatories):
        return Assessment(Verdict.SOLE)
    return Assessment(Verdict.NOT_LISTED, tuple(_perhaps_by_name(person, case)))


def _perhaps_by_name(person: Person, case: Case) -> list[Reason]:
    """Where one of the two has no usable code, only a person can compare name and birth date."""
    return [
        Reason.of("compare_by_hand", name=person.name)
        for signatory in case.signatories
        if person.is_named(signatory.name) and (signatory.key is None or person.key is None)
    ]


def _signs_through(person: Person, case: Case) -> Assessment:
    """The partner is a company: whoever represents that company signs for it."""
    code = plain_code(person.code)
    beneath = case.answer.represented_by.get(code)
    if code in case.above or case.depth >= MAX_DEPTH:
        return Assessment(Verdict.NOT_LISTED, (Reason.of("chain_too_long", name=person.name),))
    if beneath is None:
        return Assessment(Verdict.NOT_LISTED, (Reason.of("partner_unknown", name=person.name),))
    below = assess(
        beneath,
        code=code,
        signatories=case.signatories,
        on=case.on,
        depth=case.depth + 1,
        above=case.above,
    )
    if below.verdict == Verdict.SOLE:
        return Assessment(Verdict.SOLE, (Reason.of("signs_through", name=beneath.name),))
    if below.verdict in SIGNED:
        told = Reason.of("signs_through_with_conditions", name=beneath.name)
        return Assessment(below.verdict, (told, *below.reasons))
    if below.verdict in {Verdict.JOINT_INCOMPLETE, Verdict.NEEDS_READING}:
        told = Reason.of("partner_needs_reading", name=beneath.name)
        return Assessment(Verdict.NEEDS_READING, (told, *below.reasons))
    return Assessment(Verdict.NOT_LISTED)


def _joint(case: Case, signed: list[Person], reasons: list[Reason]) -> tuple[Verdict, list[Reason]]:
    """Nobody who signs may do so alone: perhaps they may together."""
    gaps = [
        (group, [one for one in group.members if not _is_among(one, signed)])
        for group in case.answer.groups
        if any(_is_among(one, signed) for one in group.members)
    ]
    if not gaps:
        told = [Reason.of("not_alone", names=_names(signed))] if signed else []
        return Verdict.NEEDS_READING, [*told, *_text_note(case), *reasons]
    group, missing = min(gaps, key=lambda gap: len(gap[1]))
    names = _names(group.members)
    if not missing:
        told = [Reason.of("together", names=names)]
        return Verdict.JOINT_SATISFIED, [*told, *_text_note(case), *reasons]
    told = [Reason.of("together_incomplete", names=names, missing=_names(missing))]
    return Verdict.JOINT_INCOMPLETE, [*told, *_text_note(case), *reasons]


def _is_among(member: Person, signed: list[Person]) -> bool:
    """By code where both have one; a name must do where a group is printed without codes."""
    return any(
        one.key == member.key if one.key and member.key else one.is_named(member.name)
        for one in signed
    )


def _notes_on(person: Person, case: Case) -> list[Reason]:
    """What must be said about somebody who has a right."""
    notes = []
    if person.term_ends_on and person.term_ends_on < case.on:
        day = f"{person.term_ends_on:%d.%m.%Y}"
        notes.append(Reason.of("term_expired", name=person.name, day=day))
    if person.starts_on and person.starts_on > case.on:
        notes.append(Reason.of("not_yet_in_office", name=person.name))
    if person.role in roles.PROCURISTS:
        notes.append(Reason.of("procurist", name=person.name))
    if person.role in roles.BRANCH_MANAGERS:
        notes.append(Reason.of("branch_of_foreign_company"))
    if _acts(person, case) == Acting.READ:
        held = person.role_text or person.role or "?"
        notes.append(Reason.of("role_needs_reading", name=person.name, role=held))
    if person.may_alone is None and person.role not in roles.SELF_EMPLOYED:
        notes.append(Reason.of("right_not_stated", name=person.name))
    namesakes = {one.key for one in case.answer.persons if one.is_named(person.name)}
    if len(namesakes) > 1:
        notes.append(Reason.of("namesakes", name=person.name))
    return notes


def _status_notes(answer: OrganisationAnswer) -> list[Reason]:
    if answer.status == "L":
        return [Reason.of("in_liquidation")]
    return [Reason.of("bankrupt")] if answer.status == "N" else []


def _text_note(case: Case) -> list[Reason]:
    return [Reason.of("text_must_be_read")] if case.texts else []


def _names(persons: Sequence[Person]) -> str:
    return ", ".join(dict.fromkeys(one.name for one in persons))
