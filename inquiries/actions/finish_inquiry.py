from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from common.actions import take_number
from inquiries.actions.save_draft import save_draft
from inquiries.judging import judged
from inquiries.models import Inquiry, InquiryDraft
from inquiries.refusals import AlreadyFinished, DraftGone
from inquiries.states import OUTCOMES, Outcome
from inquiries.typed import Typed
from inquiries.versions import save_version


def finish_inquiry(
    *,
    key: UUID,
    by: User,
    at: datetime,
    typed: Typed | None = None,
    version: int | None = None,
) -> Inquiry:
    """An agent has written a contact down; the draft becomes an inquiry.

    1. Keep what was typed last, before it is judged.
    2. Lock the draft. If it is gone because the same finish came twice, the inquiry that the other
       one made is the answer.
    3. Judge what was typed.
    4. Give it a number, the state that its outcome leads to, and its first version.
    5. The draft has done its work.

    Exactly one inquiry comes of a key, however often and by however many processes it is sent: the
    draft is locked, and the key is unique. Raises InquiryNotComplete (the draft stays), StaleSave
    or DraftGone.
    """
    try:
        if typed is not None and version is not None:
            save_draft(key=key, version=version, typed=typed, by=by, at=at)
    except AlreadyFinished as done:
        return done.inquiry
    with transaction.atomic():
        drafts = InquiryDraft.objects.select_for_update(of=("self",))
        draft = drafts.filter(key=key, owner=by, discarded_at__isnull=True).first()
        if draft is None:
            return _made_before(key, by)
        inquiry = _inquiry_of(draft, by, at)
        inquiry.number = take_number(series="P", at=at)
        save_version(inquiry, why="finished", by=by, at=at)
        draft.delete()
    return inquiry


def _made_before(key: UUID, by: User) -> Inquiry:
    inquiry = Inquiry.objects.filter(key=key, agent=by).first()
    if inquiry is None:
        raise DraftGone
    return inquiry


def _inquiry_of(draft: InquiryDraft, by: User, at: datetime) -> Inquiry:
    fields = judged(draft.typed, started_at=draft.started_at, at=at)
    return Inquiry(
        key=draft.key,
        agent=by,
        responsible=by,
        started_at=draft.started_at,
        ended_at=draft.ended_at or at,
        wrapped_up_at=at,
        state=OUTCOMES[Outcome(fields["outcome"])].state,
        state_since=at,
        **fields,
    )
