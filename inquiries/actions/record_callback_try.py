from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from inquiries.models import CallbackTry, Inquiry
from inquiries.states import InquiryState


class NoCallbackPromised(Refusal):
    """The inquiry does not wait for a callback."""

    code = "no_callback_promised"
    sentence = _("This inquiry does not wait for a callback.")


def record_callback_try(
    *, inquiry: Inquiry, result: CallbackTry.Result, by: User, at: datetime, note: str = ""
) -> CallbackTry:
    """Somebody has tried to call the client back.

    1. Lock the inquiry; it must wait for a callback.
    2. Write the try down. What was answered is told by `settle_inquiry`, or by the contact in which
       the client was called (`keep_callback`); either ends the promise.

    Raises NoCallbackPromised.
    """
    with transaction.atomic():
        inquiry = promised(inquiry)
        return CallbackTry.objects.create(
            inquiry=inquiry,
            at=at,
            by=by,
            result=result,
            note=note[:500],
            number=inquiry.callback_number,
        )


def promised(inquiry: Inquiry) -> Inquiry:
    """The inquiry, locked, if it waits for a callback. Raises NoCallbackPromised."""
    inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
    if inquiry.state != InquiryState.CALLBACK:
        raise NoCallbackPromised
    return inquiry
