"""What a person makes of a check that the machine could not settle."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import need_competence, record_access
from accounts.models import User
from common.actions import publish_event, store_file
from common.refusals import Refusal
from common.uploads import CheckedUpload
from registry.actions.fall_back_to_open_data import fall_back_to_open_data
from registry.actions.run_representation_check import signatories_of
from registry.actions.write_check_answer import write_evidence
from registry.models import CheckEvidence, RepresentationCheck, Verdict
from registry.states import CHECK_MOVES, CheckState

CONFIRM = "confirm_check"
OVERRIDE = "override_check"
# To confirm against these is to decide otherwise than the register: with a paper and the right to do so.
AGAINST_REGISTER = frozenset(
    {Verdict.NOT_LISTED, Verdict.JOINT_INCOMPLETE, Verdict.NOT_ACTIVE, Verdict.NO_BOARD}
)


class ReasonMissing(Refusal):
    """A decision about somebody's rights says why."""

    code = "reason_missing"
    sentence = _("Say in a few words on what you base this.")


class PaperMissing(Refusal):
    """Without the live register, or against it, a decision rests on a paper."""

    code = "paper_missing"
    sentence = _(
        "Add the paper on which this rests: an extract, a decision or a power of attorney."
    )


class PaperDayMissing(Refusal):
    """How fresh a check without the register is goes by the day of its paper."""

    code = "paper_day_missing"
    sentence = _("Write the day of the extract: how long it counts goes by it.")


class PaperOfTheFuture(Refusal):
    """An extract cannot be younger than today."""

    code = "paper_of_the_future"
    sentence = _("The day of the extract lies in the future.")


def confirm_check_manually(
    *,
    check: RepresentationCheck,
    reason: str,
    by: User,
    at: datetime,
    papers: Sequence[CheckedUpload] = (),
    extract_on: date | None = None,
) -> RepresentationCheck:
    """A person has read what the machine could not, and takes it that these people may represent.

    1. Look that there is a reason, the competence, and a paper where one is needed.
    2. Lock the check, keep the papers as evidence that never changes, and confirm it.
    3. How fresh it is goes by the register's answer, or else by the day of the extract.

    Raises MoveNotAllowed, ReasonMissing, NoCompetence, PaperMissing, PaperDayMissing, PaperOfTheFuture.
    """
    with transaction.atomic():
        check = _lock(check)
        check.state = CHECK_MOVES.target("confirm", CheckState(check.state))
        _look(check, reason, by, at, papers, extract_on)
        for paper in papers:
            write_evidence(
                check,
                kind=CheckEvidence.Kind.PAPER,
                data_at=_moment(extract_on, at),
                stored_file=store_file(upload=paper, by=by, at=at),
                sha256=paper.sha256,
                added_at=at,
                added_by=by,
            )
        check.evidence_at = check.evidence_at or _moment(extract_on, at)
        return _settle(check, "registry.confirm_check", reason, by, at)


def decline_check(
    *, check: RepresentationCheck, reason: str, by: User, at: datetime
) -> RepresentationCheck:
    """A person has read it and takes it that these people may not represent.

    Raises MoveNotAllowed, ReasonMissing, NoCompetence.
    """
    with transaction.atomic():
        check = _lock(check)
        check.state = CHECK_MOVES.target("decline", CheckState(check.state))
        _look_at_right(reason, by, CONFIRM, at)
        return _settle(check, "registry.decline_check", reason, by, at)


def stop_waiting(*, check: RepresentationCheck, by: User, at: datetime) -> RepresentationCheck:
    """Somebody will not wait for the register any longer and will bring an extract.

    The open data are shown meanwhile. Raises MoveNotAllowed.
    """
    with transaction.atomic():
        check = _lock(check)
        check.state = CHECK_MOVES.target("stop_waiting", CheckState(check.state))
        check.next_try_at = None
        fall_back_to_open_data(check=check, signatories=signatories_of(check), at=at)
        check.save()
        record_access(what="registry.stop_waiting", by=by, at=at, subject=check)
        publish_event(kind="check-changed", about=check, at=at, to_user=check.requested_by)
    return check


def withdraw_check(*, check: RepresentationCheck, by: User, at: datetime) -> RepresentationCheck:
    """Nobody needs the answer any more. Raises MoveNotAllowed."""
    with transaction.atomic():
        check = _lock(check)
        check.state = CHECK_MOVES.target("withdraw", CheckState(check.state))
        check.next_try_at = None
        check.save(update_fields=["state", "next_try_at"])
        record_access(what="registry.withdraw_check", by=by, at=at, subject=check)
        publish_event(kind="check-changed", about=check, at=at, to_user=check.requested_by)
    return check


def _lock(check: RepresentationCheck) -> RepresentationCheck:
    return RepresentationCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)


def _look(
    check: RepresentationCheck,
    reason: str,
    by: User,
    at: datetime,
    papers: Sequence[CheckedUpload],
    extract_on: date | None,
) -> None:
    is_against = check.verdict in AGAINST_REGISTER
    _look_at_right(reason, by, OVERRIDE if is_against else CONFIRM, at)
    if not papers and (is_against or check.evidence_at is None):
        raise PaperMissing
    if extract_on is None and check.evidence_at is None:
        raise PaperDayMissing
    if extract_on is not None and extract_on > timezone.localtime(at).date():
        raise PaperOfTheFuture


def _look_at_right(reason: str, by: User, competence: str, at: datetime) -> None:
    if not reason.strip():
        raise ReasonMissing
    need_competence(competence=competence, by=by, at=at)


def _moment(day: date | None, at: datetime) -> datetime:
    """A day of the past counts from its noon; today's counts from now."""
    if day is None or day == timezone.localtime(at).date():
        return at
    return timezone.make_aware(datetime.combine(day, time(12)))


def _settle(
    check: RepresentationCheck, what: str, reason: str, by: User, at: datetime
) -> RepresentationCheck:
    check.settled_at, check.settled_by, check.settled_reason = at, by, reason.strip()
    check.save()
    record_access(what=what, by=by, at=at, subject=check, reason=reason.strip()[:500])
    publish_event(kind="check-changed", about=check, at=at, to_user=check.requested_by)
    return check
