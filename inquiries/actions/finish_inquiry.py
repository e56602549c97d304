from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.actions import end_after_call
from accounts.models import User
from common.actions import take_number
from inquiries.actions.keep_callback import keep_callback
from inquiries.actions.save_draft import save_draft
from inquiries.judging import judged, who_calls_back
from inquiries.models import DraftPassing, Inquiry, InquiryDraft
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
    attempts: Sequence[str] = (),
) -> Inquiry:
    """An agent has written a contact down; the draft becomes an inquiry.

    1. Keep what was typed last, before it is judged.
    2. Lock the draft. If it is gone because the same finish came twice, the inquiry that the other
       one made is the answer.
    3. Judge what was typed.
    4. Give it a number, the state that its outcome leads to, and its first version. After a finish
       that was taken back it is the same inquiry again, with the number that it had.
    5. If it called a client back, the promise is kept (`keep_callback`).
    6. A colleague who was promised to call back is responsible for it; that it was passed on is kept.
    7. The draft stands aside, so that `undo_finish` can bring it back; the sweep takes it. The agent
       is ready for the next call.

    Exactly one inquiry comes of a key, however often and by however many processes it is sent: the
    draft is locked, and the key is unique. Raises InquiryNotComplete (the draft stays), StaleSave
    or DraftGone.
    """
    try:
        if typed is not None and version is not None:
            save_draft(key=key, version=version, typed=typed, by=by, at=at, attempts=attempts)
    except AlreadyFinished as done:
        return done.inquiry
    with transaction.atomic():
        drafts = InquiryDraft.objects.open().select_for_update(of=("self",))
        draft = drafts.filter(key=key, owner=by).first()
        if draft is None:
            return _made_before(key, by)
        inquiry = _inquiry_of(draft, by, at)
        inquiry.number = draft.kept_number or take_number(series="P", at=at)
        save_version(inquiry, why="finished", by=by, at=at)
        if inquiry.responsible and inquiry.responsible != by:
            _keep_passing(draft, inquiry.responsible, by, at)
        keep_callback(contact=inquiry, by=by, at=at)
        draft.finished_at = at
        draft.save(update_fields=["finished_at"])
        end_after_call(user=by, at=at)
    return inquiry


def _keep_passing(draft: InquiryDraft, to: User, by: User, at: datetime) -> None:
    DraftPassing.objects.create(
        contact_key=draft.key, by=by, to=to, at=at, version=draft.version, is_callback=True
    )


def _made_before(key: UUID, by: User) -> Inquiry:
    inquiry = Inquiry.objects.filter(key=key, agent=by).first()
    if inquiry is None:
        raise DraftGone
    return inquiry


def _inquiry_of(draft: InquiryDraft, by: User, at: datetime) -> Inquiry:
    fields = judged(draft.typed, started_at=draft.started_at, at=at)
    return Inquiry(
        pk=draft.kept_id,
        key=draft.key,
        agent=by,
        responsible=who_calls_back(draft.typed, fields["outcome"]) or by,
        started_at=draft.started_at,
        ended_at=draft.ended_at or at,
        wrapped_up_at=at,
        state=OUTCOMES[Outcome(fields["outcome"])].state,
        state_since=at,
        **fields,
    )
