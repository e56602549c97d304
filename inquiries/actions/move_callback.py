from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from inquiries.actions.record_callback_try import NoCallbackPromised
from inquiries.models import Inquiry
from inquiries.states import InquiryState
from inquiries.versions import keep_first_version, save_version


class MomentHasPassed(Refusal):
    """A promise can be moved to the future only."""

    code = "moment_has_passed"
    sentence = _("This moment has passed already.")


def move_callback(
    *, inquiry: Inquiry, due_at: datetime, responsible: User, by: User, at: datetime
) -> Inquiry:
    """A promised callback gets another time or another person.

    1. Lock the inquiry; it must wait for a callback, and the time must be to come.
    2. Write it, and a version that shows the promise as it was.

    Raises MomentHasPassed or NoCallbackPromised.
    """
    if due_at <= at:
        raise MomentHasPassed
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        if inquiry.state != InquiryState.CALLBACK:
            raise NoCallbackPromised
        keep_first_version(inquiry)
        inquiry.callback_due_at, inquiry.responsible = due_at, responsible
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="callback_moved", by=by, at=at)
    return inquiry
