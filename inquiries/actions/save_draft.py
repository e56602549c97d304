from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F

from accounts.models import User
from common.models import Difference, StaleSave
from inquiries.models import Inquiry, InquiryDraft
from inquiries.refusals import AlreadyFinished, DraftGone
from inquiries.typed import Typed, kept, label_of


def save_draft(
    *,
    key: UUID,
    version: int,
    typed: Typed,
    by: User,
    at: datetime,
    attempts: Sequence[str] = (),
) -> int:
    """The page keeps what has been typed so far; nothing is judged.

    1. Write it over the version that the page saw, in one statement. The page names each attempt;
       `attempts` are those that it has had no answer to, this one last.
    2. If that is not the version any more, it was this very save, sent again because its answer got
       lost; or an earlier attempt of the same page, whose words these follow: write over it.
    3. Or it was another tab: then nothing is overwritten.

    Returns the new version. Raises StaleSave with both texts, AlreadyFinished or DraftGone.
    """
    typed = kept(typed)
    drafts = InquiryDraft.objects.open().filter(key=key, owner=by)
    written = {
        "typed": typed,
        "version": F("version") + 1,
        "updated_at": at,
        "last_attempt": attempts[-1] if attempts else "",
    }
    if drafts.filter(version=version).update(**written):
        return version + 1
    draft = drafts.first()
    if draft is None:
        finished = Inquiry.objects.filter(key=key, agent=by).first()
        raise AlreadyFinished(finished) if finished else DraftGone()
    if draft.typed == typed:
        return draft.version
    is_own = bool(draft.last_attempt) and draft.last_attempt in attempts
    if is_own and drafts.filter(version=draft.version).update(**written):
        return draft.version + 1
    raise StaleSave(
        current=draft, version=draft.version, differences=_differences(draft.typed, typed)
    )


def _differences(theirs: Typed, mine: Typed) -> list[Difference]:
    return [
        Difference(name, label_of(name), theirs.get(name, ""), mine.get(name, ""))
        for name in sorted({*theirs, *mine})
        if theirs.get(name, "") != mine.get(name, "")
    ]
