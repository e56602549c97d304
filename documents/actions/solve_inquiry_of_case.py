from datetime import datetime

from accounts.models import User
from common.states import MoveNotAllowed
from documents.advice import ADVICE
from documents.models import AccessCase
from inquiries.actions import settle_inquiry
from inquiries.field_refusals import InquiryNotComplete
from inquiries.models import Inquiry
from inquiries.states import InquiryState, Outcome

SOURCE_LENGTH = 300


def solve_inquiry_of_case(*, case: AccessCase, by: User, at: datetime) -> Inquiry | None:
    """A case is done, so the inquiry that waited for it is solved, in the caller's transaction.

    1. Look whether an inquiry waits for access papers, and for no other case.
    2. Solve it; without a source of its own the answer was the advice that belongs to the portal.

    What somebody has moved on meanwhile, or must fill in first, stays as it is: then None.
    """
    inquiry = case.inquiry
    if inquiry is None or inquiry.state != InquiryState.ACCESS_PAPERS:
        return None
    if inquiry.access_cases.open().exclude(pk=case.pk).exists():
        return None
    typed: dict[str, str] = {"outcome": Outcome.SOLVED}
    if not inquiry.source_version_id and not inquiry.source_text and case.portal in ADVICE:
        typed["source_text"] = ADVICE[case.portal][0].reason[:SOURCE_LENGTH]
    try:
        return settle_inquiry(inquiry=inquiry, typed=typed, by=by, at=at)
    except (MoveNotAllowed, InquiryNotComplete):
        return None
