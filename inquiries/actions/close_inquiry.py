from datetime import datetime

from django.db import transaction

from accounts.models import User
from inquiries.models import Inquiry
from inquiries.states import MOVES, InquiryState
from inquiries.versions import keep_first_version, save_version


def close_inquiry(*, inquiry: Inquiry, by: User | None, at: datetime) -> Inquiry:
    """Nothing more is owed: the client stayed content through the quiet days, or cannot be reached.

    1. Lock the inquiry, move it to closed, write a version.

    Raises MoveNotAllowed.
    """
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        state = MOVES.target("close", InquiryState(inquiry.state))
        keep_first_version(inquiry)
        inquiry.state, inquiry.state_since = state, at
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="closed", by=by, at=at)
    return inquiry
