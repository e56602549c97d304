"""Why somebody who is to sign has no right to, as far as the card tells."""

from collections.abc import Sequence
from datetime import date

from registry.representation.codes import is_personal_code
from registry.representation.records import OrganisationAnswer, Person, Signatory
from registry.representation.verdicts import Reason


def who_is_missing_from_the_card(
    answer: OrganisationAnswer, signatories: Sequence[Signatory], on: date, signed: list[Person]
) -> list[Reason]:
    """Say of each signatory without a right why there is none."""
    if any(one.is_legal for one in signed):
        return []
    keys = {one.key for one in signed}
    without = [one for one in signatories if one.key is None or one.key not in keys]
    return [reason for one in without for reason in _why_not(one, answer, on)]


def _why_not(signatory: Signatory, answer: OrganisationAnswer, on: date) -> list[Reason]:
    persons = answer.persons
    on_card = [one for one in persons if one.key and one.key == signatory.key]
    if on_card:
        return [_why_the_role_does_not(signatory, on_card, answer, on)]
    named = [one for one in persons if one.is_named(signatory.name)]
    if any(one.key is None or signatory.key is None for one in named):
        return []  # told as «compare by hand»
    reasons = [Reason.of("same_name_other_code" if named else "not_on_card", name=signatory.name)]
    if signatory.country == "EST" and signatory.code and not is_personal_code(signatory.code):
        reasons.append(Reason.of("personal_code_wrong", name=signatory.name))
    return reasons


def _why_the_role_does_not(
    signatory: Signatory, on_card: list[Person], answer: OrganisationAnswer, on: date
) -> Reason:
    held = ", ".join(sorted({one.role_text or one.role for one in on_card}))
    if any(one.ends_on and one.ends_on < on for one in on_card):
        return Reason.of("entry_ended", name=signatory.name, role=held)
    code = {"L": "liquidator_instead", "N": "trustee_instead"}.get(
        answer.status, "role_does_not_represent"
    )
    return Reason.of(code, name=signatory.name, role=held)
