from datetime import datetime

from django.db import transaction

from accounts.models import User
from inquiries.actions.extend_term import lapse_extension
from inquiries.judging import judged
from inquiries.models import Inquiry
from inquiries.states import WAY_OF_STATE, InquiryState
from inquiries.typed import Typed
from inquiries.versions import keep_first_version, save_version

# What a later edit may not touch: these tell what happened, and the state has its own moves.
FIXED = frozenset({"outcome", "recording_reference", "recording_expires_on"})


def change_inquiry(
    *, inquiry: Inquiry, version: int, typed: Typed, by: User, at: datetime
) -> Inquiry:
    """Somebody mends what was written down about a finished contact.

    1. Judge the form as at the finish, by what the state asks for now.
    2. Lock the inquiry; refuse if it has been saved since the form was opened.
    3. Write it, and a version; with another legal kind an extension of the term lapses.

    Raises InquiryNotComplete, or StaleSave with both texts; then nothing has changed.
    """
    fields = judged(
        {**typed, "outcome": WAY_OF_STATE.get(InquiryState(inquiry.state), "")},
        started_at=inquiry.started_at,
        at=at,
        before=inquiry,
    )
    mine = {name: value for name, value in fields.items() if name not in FIXED}
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        keep_first_version(inquiry)
        inquiry.claim_version(version, mine=mine)
        lapse_extension(inquiry=inquiry, kind=mine["legal_kind"], at=at)
        for name, value in mine.items():
            setattr(inquiry, name, value)
        save_version(inquiry, why="changed", by=by, at=at)
    return inquiry
