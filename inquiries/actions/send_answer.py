from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from common.actions import publish_event
from common.hurry import hurry
from inquiries import tasks
from inquiries.actions.count_as_sent import count_as_sent
from inquiries.actions.write_answer import save_answer
from inquiries.answering import read_answer
from inquiries.models import AnswerDraft, Inquiry, Letter, LetterDirection, LetterKind
from inquiries.outgoing import hand_over
from inquiries.refusals import (
    LetterIsLeaving,
    NeedsSecondReader,
    NeedsTopic,
    TooLateToTakeBack,
)
from inquiries.states import MOVES, InquiryState
from inquiries.typed import Typed

MOST_AT_ONCE = 200


def send_answer(*, inquiry: Inquiry, version: int, typed: Typed, by: User, at: datetime) -> Letter:
    """The answer is written and goes, after a moment in which it can be taken back.

    1. Keep the last text, before it is judged.
    2. Judge it: to whom, what, on what it rests.
    3. Lock the inquiry. It must be open, with no other answer on its way out. An answer asks for a
       topic, and the topic may ask for a second reader of this very text.
    4. Put the letter in the thread. It leaves when the moment is over; the draft waits until then.

    Raises StaleSave, LetterNotComplete, MoveNotAllowed, LetterIsLeaving, NeedsTopic or
    NeedsSecondReader.
    """
    draft = save_answer(inquiry=inquiry, version=version, typed=typed, by=by, at=at)
    fields = read_answer(typed, at=at)
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        MOVES.target("solve", InquiryState(inquiry.state))
        if inquiry.letters.leaving().exists():
            raise LetterIsLeaving
        if inquiry.topic is None and fields["kind"] == LetterKind.ANSWER:
            raise NeedsTopic
        if inquiry.topic and inquiry.topic.needs_second_reader and not draft.is_read:
            raise NeedsSecondReader
        letter = _put_in_thread(inquiry, draft, fields, by, at)
        hurry(
            tasks.send_letter, after_seconds=settings.ANSWER_UNDO_SECONDS + 1, letter_id=letter.pk
        )
    return letter


def take_back_answer(*, letter: Letter, by: User, at: datetime) -> AnswerDraft:
    """The answer is taken back before it leaves or is posted; the draft is still there.

    1. Lock the inquiry, so that no worker lets the letter go meanwhile, and take it out of the thread.

    Raises TooLateToTakeBack.
    """
    with transaction.atomic():
        Inquiry.objects.select_for_update(of=("self",)).get(pk=letter.inquiry_id)
        letter = Letter.objects.leaving().filter(pk=letter.pk).first()
        if letter is None:
            raise TooLateToTakeBack
        draft = AnswerDraft.objects.get(inquiry=letter.inquiry_id)
        letter.delete()
    return draft


def let_letter_go(*, letter_id: int, at: datetime) -> Letter | None:
    """The moment in which an answer could be taken back is over.

    1. Lock the inquiry; a letter that was taken back, or has left, is not here.
    2. Hand it to the outbox, or, on paper, to the letters to post.
    3. What has left counts as sent. One on paper waits with its draft, and can still be taken back.

    Returns None if there was nothing to send.
    """
    with transaction.atomic():
        found = Letter.objects.due_to_leave(at).filter(pk=letter_id)
        inquiry = Inquiry.objects.select_for_update(of=("self",)).filter(letters__in=found).first()
        letter = found.first() if inquiry else None
        if inquiry is None or letter is None:
            return None
        letter = hand_over(letter, at=at)
        if letter.left_at is not None:
            count_as_sent(inquiry=inquiry, letter=letter, by=letter.written_by, at=at)
        publish_event(kind="answer-sent", about=inquiry, to_user=letter.written_by, at=at)
    return letter


def send_leaving_letters(*, at: datetime) -> int:
    """Answers that no worker was told of, or whose worker was killed.

    1. Let each go whose moment is over.
    """
    due = Letter.objects.due_to_leave(at).order_by("leaves_at")
    ids = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(let_letter_go(letter_id=pk, at=at) is not None for pk in ids)


def _put_in_thread(
    inquiry: Inquiry, draft: AnswerDraft, fields: dict[str, Any], by: User, at: datetime
) -> Letter:
    letter = Letter.objects.create(
        inquiry=inquiry,
        direction=LetterDirection.OUT,
        sender_name=settings.AGENCY["name"],
        sender_address=settings.AGENCY["email"],
        at=at,
        written_by=by,
        leaves_at=at + timedelta(seconds=settings.ANSWER_UNDO_SECONDS),
        read_for_quality_by=draft.read_by if draft.is_read else None,
        read_for_quality_at=draft.read_at if draft.is_read else None,
        **fields,
    )
    letter.files.set(draft.files.all())
    return letter
