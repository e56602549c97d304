from datetime import datetime

from django.db import transaction

from accounts.models import User
from inquiries.models import Correction, Inquiry
from inquiries.versions import keep_first_version, save_version
from knowledge.models import ArticleVersion


def correct_answer(
    *,
    inquiry: Inquiry,
    what_was_wrong: str,
    correct_answer: str,
    by: User,
    at: datetime,
    source_version: ArticleVersion | None = None,
    source_text: str = "",
    told_how: str = "",
) -> Correction:
    """The answer that the client got turns out to be wrong.

    1. Lock the inquiry and keep the wrong answer in a correction, with what is right and why.
    2. Put the right answer and its source in its place, with a version.
    3. If the client knows already, note how; else it stays open until `tell_correction`.
    """
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        correction = Correction.objects.create(
            inquiry=inquiry,
            wrong_answer=inquiry.answer,
            what_was_wrong=what_was_wrong,
            correct_answer=correct_answer,
            source_version=source_version,
            source_text=source_text,
            by=by,
            at=at,
            told_at=at if told_how else None,
            told_by=by if told_how else None,
            told_how=told_how,
        )
        keep_first_version(inquiry)
        inquiry.answer = correct_answer
        inquiry.source_version, inquiry.source_text = source_version, source_text
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="answer_corrected", by=by, at=at)
    return correction


def tell_correction(*, correction: Correction, told_how: str, by: User, at: datetime) -> Correction:
    """The client has been told that the answer was wrong and what is right.

    1. Lock the correction and note when, how and by whom, unless that was noted before.
    """
    with transaction.atomic():
        correction = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
        if correction.told_at is None:
            correction.told_at, correction.told_by, correction.told_how = at, by, told_how
            correction.save(update_fields=["told_at", "told_by", "told_how"])
    return correction
