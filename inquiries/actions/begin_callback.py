from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import User
from inquiries.actions.discard_draft import discard_draft
from inquiries.actions.open_draft import open_draft
from inquiries.actions.record_callback_try import (
    NoCallbackPromised,
    promised,
    record_callback_try,
)
from inquiries.models import CallbackTry, Channel, Inquiry, InquiryDraft
from inquiries.refusals import DraftGone
from inquiries.typed import calls_back


def begin_callback(*, inquiry: Inquiry, by: User, at: datetime) -> InquiryDraft:
    """Somebody sits down to call a client back as promised.

    1. The inquiry must wait for a callback.
    2. A draft of this person about it is the answer, however often this is asked.
    3. Else begin one: with the number that was promised, the client, the language and the topic, as
       a follow-up of the inquiry.

    Raises NoCallbackPromised.
    """
    with transaction.atomic():
        inquiry = promised(inquiry)
        for draft in InquiryDraft.objects.of(by):
            if calls_back(draft.typed) == inquiry.pk:
                return draft
        draft, _is_new = open_draft(key=uuid4(), by=by, at=at, typed=_beginning(inquiry))
    return draft


def _beginning(inquiry: Inquiry) -> dict[str, str]:
    return {
        "channel": Channel.CALLBACK.value,
        "language": inquiry.language,
        "follow_up_of": str(inquiry.pk),
        "caller_number": inquiry.callback_number,
        "caller_lookup": "" if inquiry.client_id else inquiry.callback_number,
        "client": str(inquiry.client_id or ""),
        "topic": str(inquiry.topic_id or ""),
    }


def leave_callback(*, key: UUID, result: CallbackTry.Result, by: User, at: datetime) -> None:
    """Nobody was reached: there is a try to write down, and no contact.

    1. Write the try down at the inquiry that the draft calls back about.
    2. The draft is thrown away; it can be brought back.

    Raises DraftGone or NoCallbackPromised.
    """
    with transaction.atomic():
        draft = InquiryDraft.objects.of(by).filter(key=key).first()
        if draft is None:
            raise DraftGone
        about = calls_back(draft.typed)
        inquiry = Inquiry.objects.filter(pk=about).first() if about else None
        if inquiry is None:
            raise NoCallbackPromised
        record_callback_try(inquiry=inquiry, result=result, by=by, at=at)
        discard_draft(key=key, by=by, at=at)
