from datetime import datetime

from django.db import transaction

from accounts.models import User
from documents.actions.lock_case import lock_case
from documents.actions.set_organisation import set_organisation
from documents.models import AccessCase


def choose_organisation(
    *, case: AccessCase, version: int, organisation_code: str, by: User, at: datetime
) -> AccessCase:
    """The specialist says, or corrects, which organisation asks for access.

    Raises StaleSave, OrganisationFixed.
    """
    with transaction.atomic():
        case = lock_case(case)
        case.claim_version(version, mine={"organisation_code": organisation_code})
        return set_organisation(case=case, organisation_code=organisation_code, by=by, at=at)
