from datetime import datetime

from django.db import transaction

from accounts.models import User
from documents.actions.lock_case import lock_case
from documents.actions.note_event import note_event
from documents.models import AccessCase
from registry.actions import look_up_organisation


def name_organisation(*, case: AccessCase, by: User, at: datetime) -> AccessCase:
    """The organisation of a case is not in our copy of the open data, so the live register is asked.

    1. Ask, outside any transaction.
    2. If the case still is about the same organisation, write down its name and tell the story.

    Raises RegisterUnavailable or RegisterFault; the case goes on without a name.
    """
    code = case.organisation_code
    found = look_up_organisation(registry_code=code, by=by, at=at).organisation
    with transaction.atomic():
        case = lock_case(case)
        if case.organisation_code != code:
            return case
        what = "organisation_unknown"
        if found is not None:
            what, case.organisation_name = "organisation_named", found.name[:500]
            case.save(update_fields=["organisation_name"])
        note_event(case=case, what=what, by=by, at=at, code=code)
    return case
