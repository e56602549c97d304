from datetime import datetime

from django.db import transaction

from accounts.models import User
from inquiries.actions.recall_from_unit import close_requests
from inquiries.models import AnswerDraft, Inquiry, LeftUnanswered, UnansweredGround
from inquiries.refusals import LetterIsLeaving
from inquiries.states import MOVES, InquiryState, Outcome
from inquiries.versions import keep_first_version, save_version


def leave_unanswered(
    *, inquiry: Inquiry, ground: UnansweredGround, note: str, by: User, at: datetime
) -> Inquiry:
    """A letter is closed without an answer, on a ground that the law names.

    1. Lock the inquiry and look whether it may be closed so.
    2. Keep the ground, and who found it, when and why.
    3. Close it; whoever closes a letter that nobody has yet answers for that. A draft of an answer
       goes. Write a version.

    Raises MoveNotAllowed or LetterIsLeaving.
    """
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        if inquiry.letters.leaving().exists():
            raise LetterIsLeaving
        state = MOVES.target("leave_unanswered", InquiryState(inquiry.state))
        LeftUnanswered.objects.create(inquiry=inquiry, ground=ground, note=note, by=by, at=at)
        keep_first_version(inquiry)
        inquiry.state, inquiry.state_since = state, at
        inquiry.agent, inquiry.responsible = inquiry.agent or by, inquiry.responsible or by
        inquiry.outcome = inquiry.outcome or Outcome.UNANSWERED
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="left_unanswered", by=by, at=at)
        close_requests(inquiry, at=at)
        AnswerDraft.objects.filter(inquiry=inquiry).delete()
    return inquiry
