from datetime import datetime

from django.utils import timezone

from registry.actions.write_check_answer import (
    snapshot,
    write_assessment,
    write_evidence,
    write_people,
)
from registry.models import CheckEvidence, RepresentationCheck
from registry.queries import data_moment, open_data_answer
from registry.representation import Signatory, assess_open_data


def fall_back_to_open_data(
    *, check: RepresentationCheck, signatories: list[Signatory], at: datetime
) -> None:
    """Tell what the open data say: never a full verdict, since they hold no personal codes.

    In the caller's transaction; the caller moves the state and saves.
    """
    answer = open_data_answer(check.registry_code)
    moment = data_moment()
    assessment = assess_open_data(
        answer,
        code=check.registry_code,
        signatories=signatories,
        day=timezone.localtime(moment).date() if moment else None,
    )
    write_assessment(check, assessment, answer, at=at, evidence_at=None)
    if answer is not None and not check.people.exists():
        write_people(check, answer, 0, signatories, timezone.localtime(at).date())
    write_evidence(
        check,
        kind=CheckEvidence.Kind.OPEN_DATA,
        data_at=moment or at,
        content=snapshot(answer),
        added_at=at,
    )
