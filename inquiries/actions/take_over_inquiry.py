from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from inquiries.models import Inquiry
from inquiries.states import InquiryState
from inquiries.versions import keep_first_version, save_version


class NothingToTakeOver(Refusal):
    """The inquiry is settled, so nobody has to do anything about it."""

    code = "nothing_to_take_over"
    sentence = _("This inquiry is settled; there is nothing to take over.")


def take_over_inquiry(*, inquiry: Inquiry, by: User, at: datetime) -> Inquiry:
    """A colleague answers for an open inquiry from now on.

    1. Lock the inquiry and write who is responsible, and a version. A letter that nobody has yet
       is not taken over but taken (`take_letter`).

    Raises NothingToTakeOver.
    """
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        if not inquiry.is_open or inquiry.state == InquiryState.RECEIVED:
            raise NothingToTakeOver
        if inquiry.responsible_id == by.pk:
            return inquiry
        keep_first_version(inquiry)
        inquiry.responsible = by
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="taken_over", by=by, at=at)
    return inquiry
