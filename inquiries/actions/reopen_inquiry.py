from datetime import datetime

from django.db import transaction

from accounts.models import User
from inquiries.models import Inquiry
from inquiries.states import MOVES, InquiryState
from inquiries.versions import keep_first_version, save_version


def reopen_inquiry(*, inquiry: Inquiry, by: User | None, at: datetime) -> Inquiry:
    """The matter was not settled after all.

    1. Lock the inquiry and move it to reopened; whoever reopens it answers for it now. A client's
       reply (`by` nobody) leaves it with whoever answered for it before.
    2. Write a version.

    Raises MoveNotAllowed.
    """
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        state = MOVES.target("reopen", InquiryState(inquiry.state))
        keep_first_version(inquiry)
        inquiry.state, inquiry.state_since = state, at
        if by is not None:
            inquiry.responsible = by
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="reopened", by=by, at=at)
    return inquiry
