from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.actions import revoke_external_link
from common.models import ExternalLink
from inquiries.models import Inquiry, UnitRequest
from inquiries.refusals import RequestNotOpen
from inquiries.states import MOVES, InquiryState
from inquiries.versions import keep_first_version, save_version


def recall_from_unit(*, request: UnitRequest, by: User, at: datetime) -> Inquiry:
    """The unit's answer is not needed any more, or another unit shall be asked.

    1. Lock the inquiry; the question must be open still.
    2. Call it back: its links open no more. The inquiry is in work again.
    3. Write a version.

    Raises RequestNotOpen.
    """
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=request.inquiry_id)
        if not close_requests(inquiry, at=at):
            raise RequestNotOpen
        if MOVES.allows("return_from_unit", inquiry.state):
            keep_first_version(inquiry)
            state = MOVES.target("return_from_unit", InquiryState(inquiry.state))
            inquiry.state, inquiry.state_since = state, at
            inquiry.claim_version(inquiry.version)
            save_version(inquiry, why="unit_recalled", by=by, at=at)
    return inquiry


def close_requests(inquiry: Inquiry, *, at: datetime) -> int:
    """Call back what units were asked about a matter, in the caller's transaction."""
    open_ones = list(UnitRequest.objects.open().filter(inquiry=inquiry))
    for request in open_ones:
        request.recalled_at = at
        request.save(update_fields=["recalled_at"])
        revoke_links(request, at=at)
    return len(open_ones)


def revoke_links(request: UnitRequest, *, at: datetime) -> None:
    for link in ExternalLink.objects.about(request).filter(revoked_at=None):
        revoke_external_link(link=link, at=at)
