from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.actions import record_access
from accounts.models import User
from clients.models import Client
from common.encryption import lookup_hash
from common.hurry import hurry
from registry import tasks
from registry.models import PERSON_CODE, CheckSignatory, RepresentationCheck
from registry.queries import known_organisation
from registry.representation import Signatory
from registry.representation.codes import country_of, plain_code


def request_representation_check(
    *,
    registry_code: str,
    purpose: str,
    signatories: Sequence[Signatory],
    by: User | None,
    at: datetime,
    client: Client | None = None,
    asks_anew: bool = False,
) -> RepresentationCheck:
    """Somebody wants to know whether these people may sign for an organisation.

    1. Write down the question and about whom it is; without signatories it is who might sign.
    2. Write it into the access log.
    3. Hurry the worker that asks the register. A check of the same day may lend its answer,
       unless it is to be asked anew.
    """
    code = plain_code(registry_code)[:20]
    known = known_organisation(code)
    with transaction.atomic():
        check = RepresentationCheck.objects.create(
            registry_code=code,
            organisation_name=known.name[:500] if known else "",
            organisation_status=known.status[:10] if known else "",
            legal_form=known.legal_form[:20] if known else "",
            purpose=purpose,
            client=client,
            asks_anew=asks_anew,
            requested_at=at,
            requested_by=by,
        )
        CheckSignatory.objects.bulk_create(_signatory(check, one) for one in signatories)
        record_access(what="registry.request_check", by=by, at=at, subject=check)
        hurry(tasks.run_check, check_id=check.pk)
    return check


def _signatory(check: RepresentationCheck, one: Signatory) -> CheckSignatory:
    code = plain_code(one.code)
    return CheckSignatory(
        check_of=check,
        name=one.name[:300],
        code=code,
        code_hash=lookup_hash(code, purpose=PERSON_CODE) if code else "",
        country=country_of(one.country)[:10],
    )
