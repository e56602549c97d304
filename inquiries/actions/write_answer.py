from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from common.actions import store_file
from common.models import Difference, StaleSave, StoredFile
from common.uploads import CheckedUpload
from inquiries.answering import LABELS
from inquiries.models import AnswerDraft, Inquiry
from inquiries.typed import Typed, kept


def save_answer(
    *, inquiry: Inquiry, version: int, typed: Typed, by: User, at: datetime
) -> AnswerDraft:
    """The page keeps what has been typed of an answer so far; nothing is judged.

    1. The first save (version 0) makes the draft; if a colleague has begun one meanwhile, that is
       a save from an older text.
    2. A text that stands already is not written again, so that its reading stays good. Else write
       it over the version that the page saw, in one statement, and note who wrote in it.
    3. If that is not the version any more, it was either this very save, sent again because its
       answer got lost, or somebody else's: then nothing is overwritten.

    Raises StaleSave with both texts.
    """
    typed = kept(typed)
    if version == 0 and (made := _begun(inquiry, typed, by, at)):
        return made
    rows = AnswerDraft.objects.filter(inquiry=inquiry)
    if (draft := rows.get()).typed != typed:
        _write_over(draft, version, typed, by, at)
        draft = rows.get()
    if draft.typed == typed:
        return draft
    raise StaleSave(
        current=draft, version=draft.version, differences=differences(draft.typed, typed)
    )


def _write_over(draft: AnswerDraft, version: int, typed: Typed, by: User, at: datetime) -> None:
    with transaction.atomic():
        is_written = AnswerDraft.objects.filter(pk=draft.pk, version=version).update(
            typed=typed, version=F("version") + 1, updated_by=by, updated_at=at, remark=""
        )
        if is_written:
            draft.writers.add(by)


def add_answer_file(*, draft: AnswerDraft, upload: CheckedUpload, by: User, at: datetime) -> None:
    """A file is to go with the answer.

    1. Keep it and put it beside the draft; a reading that was done did not see it.
    """
    with transaction.atomic():
        stored = store_file(upload=upload, by=by, at=at)
        draft.files.add(stored)
        _count_on(draft, by, at)


def remove_answer_file(*, draft: AnswerDraft, file: StoredFile, by: User, at: datetime) -> None:
    """A file is not to go with the answer after all.

    1. Take it from the draft.
    """
    with transaction.atomic():
        draft.files.remove(file)
        _count_on(draft, by, at)


def _count_on(draft: AnswerDraft, by: User, at: datetime) -> None:
    rows = AnswerDraft.objects.filter(pk=draft.pk)
    rows.update(version=F("version") + 1, updated_by=by, updated_at=at)
    draft.writers.add(by)


def _begun(inquiry: Inquiry, typed: Typed, by: User, at: datetime) -> AnswerDraft | None:
    if AnswerDraft.objects.filter(inquiry=inquiry).exists():
        return None
    try:
        with transaction.atomic():
            return AnswerDraft.objects.create(
                inquiry=inquiry, typed=typed, started_by=by, updated_by=by, updated_at=at
            )
    except IntegrityError:  # by a colleague, in this very moment
        return None


def differences(theirs: Typed, mine: Typed) -> list[Difference]:
    return [
        Difference(name, str(LABELS.get(name, name)), theirs.get(name, ""), mine.get(name, ""))
        for name in sorted({*theirs, *mine})
        if theirs.get(name, "") != mine.get(name, "")
    ]
