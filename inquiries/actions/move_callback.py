from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.phones import normal_phone
from common.refusals import Refusal
from inquiries.actions.record_callback_try import promised
from inquiries.judging import closed_then
from inquiries.models import Inquiry
from inquiries.versions import keep_first_version, save_version


class MomentHasPassed(Refusal):
    """A promise can be moved to the future only."""

    code = "moment_has_passed"
    sentence = _("This moment has passed already.")


def move_callback(
    *, inquiry: Inquiry, due_at: datetime, responsible: User, by: User, at: datetime
) -> Inquiry:
    """A promised callback gets another time or another person.

    1. Lock the inquiry; it must wait for a callback. A new time must be to come, and within the
       hours in which we are here to call; the time that stands may stay.
    2. Write it, and a version that shows the promise as it was.

    Raises MomentHasPassed, ClosedThen or NoCallbackPromised.
    """
    with transaction.atomic():
        inquiry = promised(inquiry)
        if due_at != _to_the_minute(inquiry.callback_due_at):
            _refuse_when_nobody_can_call(due_at, at)
            inquiry.callback_due_at = due_at
        keep_first_version(inquiry)
        inquiry.responsible = responsible
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="callback_moved", by=by, at=at)
    return inquiry


def change_callback_number(*, inquiry: Inquiry, number: str, by: User, at: datetime) -> Inquiry:
    """The client is to be called back at another number than the one that was promised.

    1. Lock the inquiry; it must wait for a callback.
    2. Write the number, and a version. The tries with the old one do not count against it.

    Raises PhoneNotValid or NoCallbackPromised.
    """
    number = normal_phone(number)
    with transaction.atomic():
        inquiry = promised(inquiry)
        if number == inquiry.callback_number:
            return inquiry
        keep_first_version(inquiry)
        inquiry.callback_number = number
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="callback_number_changed", by=by, at=at)
    return inquiry


def _to_the_minute(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(second=0, microsecond=0)  # as the page shows it


def _refuse_when_nobody_can_call(due_at: datetime, at: datetime) -> None:
    if due_at <= at:
        raise MomentHasPassed
    if closed := closed_then(due_at):
        raise closed
