from datetime import datetime

from django.db import transaction

from accounts.actions import record_access
from accounts.models import User
from registry.actions.ask_register import answer_to_keep
from registry.gateways.business_register import (
    RegisterFault,
    RegisterNotSetUp,
    RegisterUnavailable,
    business_register,
)
from registry.models import RegisterAnswer

SECONDS = 3.0  # somebody sits and waits


def look_up_organisation(*, registry_code: str, by: User, at: datetime) -> RegisterAnswer:
    """Somebody wants to know whose code it is that our copy of the open data does not hold.

    1. If the register has spoken of it today, take what it said; else ask it, outside any
       transaction, and no longer than a person waits.
    2. Keep the answer, and write into the access log who asked.

    Raises RegisterUnavailable or RegisterFault. Then nothing is known; the log still says it was asked.
    """
    answer = RegisterAnswer.objects.of_the_day(at).latest_of(registry_code)
    if answer is None:
        try:
            answer = _ask(registry_code, at)
        except (RegisterUnavailable, RegisterFault) as problem:
            record_access(
                what="registry.look_up", by=by, at=at, reason=problem.code, result_count=0
            )
            raise
    with transaction.atomic():
        if answer.pk is None:
            answer.save()
        count = 0 if answer.organisation is None else 1
        record_access(what="registry.look_up", by=by, at=at, subject=answer, result_count=count)
    return answer


def _ask(registry_code: str, at: datetime) -> RegisterAnswer:
    register = business_register(timeout=SECONDS)
    if register is None:
        raise RegisterNotSetUp
    return answer_to_keep(register.look_up(registry_code), at)
