"""How an answer gets into a check's rows; in the caller's transaction."""

from datetime import date, datetime
from typing import Any

from common.encryption import lookup_hash
from registry.models import (
    PERSON_CODE,
    CheckEvidence,
    CheckPerson,
    RepresentationCheck,
)
from registry.representation import Assessment, OrganisationAnswer, Person, Signatory
from registry.representation.codes import country_of, mask_codes, plain_code
from registry.representation.roles import Acting, acting


def write_assessment(
    check: RepresentationCheck,
    assessment: Assessment,
    organisation: OrganisationAnswer | None,
    *,
    at: datetime,
    evidence_at: datetime | None,
) -> None:
    """Set the verdict on the object; the caller saves it with its state."""
    check.verdict = assessment.verdict.value
    check.reasons = [
        {"code": one.code, "parameters": dict(one.parameters)} for one in assessment.reasons
    ]
    check.answered_at, check.evidence_at = at, evidence_at
    if organisation is not None:
        check.organisation_name = organisation.name[:500]
        check.organisation_status = organisation.status[:10]
        check.legal_form = organisation.legal_form[:20]
        check.deviations = [
            {"kind": one.kind_text or one.kind, "text": mask_codes(one.text)}
            for one in organisation.deviations
        ]


def write_people(
    check: RepresentationCheck,
    organisation: OrganisationAnswer,
    depth: int,
    signatories: list[Signatory],
    on: date,
) -> None:
    keys = {one.key for one in signatories if one.key}
    groups = [(group.number, group.members) for group in organisation.groups]
    CheckPerson.objects.bulk_create(
        _person(check, organisation, depth, position, person, groups, person.key in keys, on)
        for position, person in enumerate(organisation.persons)
    )


def _person(
    check: RepresentationCheck,
    organisation: OrganisationAnswer,
    depth: int,
    position: int,
    person: Person,
    groups: list[Any],
    is_signatory: bool,
    on: date,
) -> CheckPerson:
    code = plain_code(person.code)
    has_ended = person.ends_on is not None and person.ends_on < on
    acts = Acting.NO if has_ended else acting(person.role, organisation.status)
    return CheckPerson(
        check_of=check,
        position=position,
        depth=depth,
        of_code=organisation.code[:20],
        of_name=organisation.name[:500],
        name=person.name[:500],
        first_name=person.first_name[:300],
        last_name=person.last_name[:500],
        is_legal_person=person.is_legal,
        role=person.role[:20],
        role_label=(person.role_text or person.role)[:200],
        may_alone=person.may_alone,
        groups=[number for number, members in groups if any(_same(person, one) for one in members)],
        represents={Acting.YES: True, Acting.NO: False, Acting.READ: None}[acts],
        code=code,
        code_hash=lookup_hash(code, purpose=PERSON_CODE) if code else "",
        country=country_of(person.country)[:10],
        country_label=person.country_text[:100],
        birth_date=person.birth_date,
        starts_on=person.starts_on,
        term_ends_on=person.term_ends_on,
        is_signatory=is_signatory,
    )


def _same(person: Person, member: Person) -> bool:
    if person.key and member.key:
        return person.key == member.key
    return person.is_named(member.name)


def write_evidence(check: RepresentationCheck, **values: Any) -> CheckEvidence:
    return CheckEvidence.objects.create(check_of=check, **values)


def snapshot(organisation: OrganisationAnswer | None) -> dict[str, Any]:
    """The organisation's own data as they were; people stand in rows of their own."""
    if organisation is None:
        return {}
    wanted = ("code", "name", "status", "status_text", "legal_form", "legal_form_text", "address")
    return {name: getattr(organisation, name) for name in wanted}
