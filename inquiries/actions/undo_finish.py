from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from accounts.actions import resume_after_call
from accounts.models import User
from inquiries.actions.keep_callback import take_back_callback
from inquiries.models import DraftPassing, Inquiry, InquiryDraft
from inquiries.refusals import TooLateToUndo
from inquiries.states import UNDO_WITHIN
from inquiries.versions import delete_with_version


def undo_finish(*, key: UUID, by: User, at: datetime) -> InquiryDraft:
    """An agent finished a contact too soon and takes the finish back.

    1. Lock the inquiry. It must be the agent's own, a minute old at most, and nobody may have
       changed it.
    2. Take it away; its versions stay and tell that it was there. What another record already
       stands upon is not taken away. A callback that it kept is owed again.
    3. The draft is as it was, with all that was typed. It keeps the inquiry's id and number for
       the next finish. A colleague who was promised to call back need not.
    4. The agent, whom the finish made ready for the next call, writes after the call again.

    Asked for twice, it answers with the draft again. Raises TooLateToUndo.
    """
    drafts = InquiryDraft.objects.filter(key=key, owner=by)
    try:
        with transaction.atomic():
            locked = Inquiry.objects.select_for_update(of=("self",))
            inquiry = locked.filter(key=key, agent=by).first()
            if inquiry is not None:
                kept = {"kept_id": inquiry.pk, "kept_number": inquiry.number}
                _take_away(inquiry, by, at)
                promised = DraftPassing.objects.standing().filter(contact_key=key, by=by)
                promised.filter(is_callback=True).update(taken_back_at=at)
                drafts.update(finished_at=None, updated_at=at, **kept)
                resume_after_call(user=by, ended_at=inquiry.wrapped_up_at, at=at)
            draft = drafts.filter(finished_at__isnull=True).first()
            if draft is None:
                raise TooLateToUndo
    except ProtectedError as protected:
        raise TooLateToUndo from protected
    return draft


def _take_away(inquiry: Inquiry, by: User, at: datetime) -> None:
    if at - inquiry.wrapped_up_at > UNDO_WITHIN or inquiry.version != 1:
        raise TooLateToUndo
    take_back_callback(contact=inquiry, by=by, at=at)
    delete_with_version(inquiry, why="finish_undone", by=by, at=at)
