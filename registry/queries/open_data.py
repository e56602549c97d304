from datetime import datetime

from registry.models import FileKind, Organisation, RegisterImport
from registry.representation import Deviation, OrganisationAnswer, Person


def data_moment(kind: str = FileKind.BASIC) -> datetime | None:
    """Return the moment of the newest file of open data that was taken over whole."""
    moments = RegisterImport.objects.done().filter(kind=kind).order_by("-made_at")
    return moments.values_list("made_at", flat=True).first()


def open_data_answer(registry_code: str) -> OrganisationAnswer | None:
    """Return what our copy of the open data says, in the shape of a register's answer."""
    found = Organisation.objects.filter(registry_code=registry_code, missing_since=None).first()
    if found is None:
        return None
    rules = list(found.rules.filter(is_deviation=True).order_by("pk"))
    return OrganisationAnswer(
        code=found.registry_code,
        name=found.name,
        status=found.status,
        status_text=found.status_text,
        legal_form=found.legal_form,
        legal_form_text=found.legal_form_label,
        address=found.address,
        persons=tuple(
            Person(
                last_name=one.name,
                code=one.registry_code,
                role=one.role,
                role_text=one.role_label,
                declared_legal=one.is_legal_person,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                term_ends_on=one.term_ends_on,
            )
            for one in found.people.order_by("pk")
        ),
        deviations=tuple(
            Deviation(one.text, one.kind, one.kind_label, one.starts_on, one.ends_on)
            for one in rules
        ),
    )
