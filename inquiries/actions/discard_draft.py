from datetime import datetime
from uuid import UUID

from accounts.actions import end_after_call
from accounts.models import User
from inquiries.models import InquiryDraft
from inquiries.refusals import DraftGone


def discard_draft(*, key: UUID, by: User, at: datetime) -> None:
    """An agent throws a draft away.

    1. Put it aside; `restore_draft` brings it back until the sweep takes it.
    2. With nothing to write down, the agent is ready again.

    Raises DraftGone.
    """
    drafts = InquiryDraft.objects.filter(key=key, owner=by, finished_at__isnull=True)
    if drafts.filter(discarded_at__isnull=True).update(discarded_at=at):
        end_after_call(user=by, at=at)
        return
    if not drafts.exists():
        raise DraftGone


def restore_draft(*, key: UUID, by: User, at: datetime) -> InquiryDraft:
    """The agent takes the throwing away back.

    1. Put the draft among the others again, with the moment it began at.

    Raises DraftGone if the sweep was there first.
    """
    drafts = InquiryDraft.objects.filter(key=key, owner=by, finished_at__isnull=True)
    drafts.update(discarded_at=None, updated_at=at)
    draft = drafts.first()
    if draft is None:
        raise DraftGone
    return draft
