import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.actions import record_access
from common.actions import publish_event
from registry.actions.ask_register import Asked, ask_register, with_partners
from registry.actions.fall_back_to_open_data import fall_back_to_open_data
from registry.actions.write_check_answer import (
    snapshot,
    write_assessment,
    write_evidence,
    write_people,
)
from registry.gateways.business_register import (
    RegisterFault,
    RegisterUnavailable,
    business_register,
)
from registry.models import CheckEvidence, RepresentationCheck
from registry.representation import Reason, Signatory, assess
from registry.representation.codes import plain_code
from registry.states import CHECK_MOVES, CheckState

LEASE = timedelta(minutes=5)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 20, 30, 60)]
PATIENCE = timedelta(days=3)
NOT_CONFIGURED = "not_configured"


def run_representation_check(*, check_id: int, at: datetime) -> RepresentationCheck:
    """A worker settles a check that is owed, as far as a machine can. Safe to run twice.

    1. Take the check, unless another worker is at it or it is not due.
    2. Outside any transaction, ask the live register (or take its answer of today), also about
       companies that represent the organisation.
    3. Write answer, evidence, people and verdict together, if the check is still ours.
    4. If the register does not answer, say so and try again later; it is never «no right». Without
       a register, or after days of silence, show what the open data say and ask for an extract.
    """
    check = _take(check_id, at)
    if check is None:
        return RepresentationCheck.objects.get(pk=check_id)
    register = business_register()
    if register is None:
        return _fall_back(check, NOT_CONFIGURED, at)
    try:
        asked = ask_register(
            register=register, code=check.registry_code, at=at, asks_anew=check.asks_anew
        )
    except (RegisterUnavailable, RegisterFault) as problem:
        if at - check.requested_at > PATIENCE:
            return _fall_back(check, problem.code, at)
        return _wait(check, problem.code, at)
    return _answer(check, asked, at)


def _take(check_id: int, at: datetime) -> RepresentationCheck | None:
    with transaction.atomic():
        owed = RepresentationCheck.objects.overdue(at).select_for_update(of=("self",))
        check = owed.filter(pk=check_id).first()
        if check is None:
            return None
        _move(check, "start_asking")
        check.lease, check.leased_until = uuid.uuid4().hex, at + LEASE
        check.attempts += 1
        check.next_try_at = None
        _save(check, at)
    return check


def _held(check: RepresentationCheck) -> RepresentationCheck | None:
    """Lock the check if it is still the one we took; else another worker has answered it."""
    return (
        RepresentationCheck.objects.select_for_update(of=("self",))
        .filter(pk=check.pk, lease=check.lease, state=CheckState.ASKING)
        .first()
    )


def _answer(check: RepresentationCheck, asked: list[Asked], at: datetime) -> RepresentationCheck:
    signatories = signatories_of(check)
    organisation = with_partners(asked)
    assessment = assess(
        organisation,
        code=check.registry_code,
        signatories=signatories,
        on=timezone.localtime(at).date(),
    )
    if any(one.lacks_details for one in asked):
        untold = Reason.of("details_not_known")
        assessment = replace(assessment, reasons=(*assessment.reasons, untold))
    with transaction.atomic():
        held = _held(check)
        if held is None:
            return RepresentationCheck.objects.get(pk=check.pk)
        for one in asked:
            _write_asked(held, one, signatories, at)
        moment = min(one.answer.obtained_at for one in asked)
        write_assessment(held, assessment, organisation, at=at, evidence_at=moment)
        _move(held, "receive_answer_to_read" if assessment.needs_person else "receive_answer")
        held.leased_until, held.last_problem = None, ""
        _save(held, at)
    return held


def _write_asked(
    check: RepresentationCheck, one: Asked, signatories: list[Signatory], at: datetime
) -> None:
    if one.answer.pk is None:
        one.answer.save()
        record_access(what="registry.ask_live", by=check.requested_by, at=at, subject=one.answer)
    if one.organisation is not None:
        day = timezone.localtime(at).date()
        write_people(check, one.organisation, one.depth, signatories, day)
    write_evidence(
        check,
        kind=CheckEvidence.Kind.LIVE,
        depth=one.depth,
        answer=one.answer,
        data_at=one.answer.obtained_at,
        content=snapshot(one.organisation),
        sha256=one.answer.reply_sha256,
        added_at=at,
    )


def _wait(check: RepresentationCheck, problem: str, at: datetime) -> RepresentationCheck:
    with transaction.atomic():
        held = _held(check)
        if held is None:
            return RepresentationCheck.objects.get(pk=check.pk)
        _move(held, "wait_for_register")
        held.leased_until, held.last_problem = None, problem
        held.next_try_at = at + PAUSES[min(held.attempts, len(PAUSES)) - 1]
        _save(held, at)
    return held


def _fall_back(check: RepresentationCheck, problem: str, at: datetime) -> RepresentationCheck:
    with transaction.atomic():
        held = _held(check)
        if held is None:
            return RepresentationCheck.objects.get(pk=check.pk)
        fall_back_to_open_data(check=held, signatories=signatories_of(held), at=at)
        _move(held, "fall_back")
        held.leased_until, held.last_problem = None, problem
        _save(held, at)
    return held


def signatories_of(check: RepresentationCheck) -> list[Signatory]:
    return [
        Signatory(name=one.name, code=plain_code(one.code), country=one.country)
        for one in check.signatories.order_by("pk")
    ]


def _move(check: RepresentationCheck, name: str) -> None:
    check.state = CHECK_MOVES.target(name, CheckState(check.state))


def _save(check: RepresentationCheck, at: datetime) -> None:
    check.save()
    publish_event(kind="check-changed", about=check, at=at, to_user=check.requested_by)
