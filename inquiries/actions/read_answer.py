from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.actions import publish_event
from inquiries.models import AnswerDraft
from inquiries.refusals import ReaderIsWriter


def ask_for_reading(*, draft: AnswerDraft, by: User, at: datetime) -> None:
    """The answer is written; a second person is to read it before it leaves.

    1. Mark the draft; whoever may read sees it among those that wait.
    """
    AnswerDraft.objects.filter(pk=draft.pk).update(reading_asked_at=at, remark="")
    publish_event(kind="answer-to-read", about=draft.inquiry, at=at)


def pass_answer(*, draft: AnswerDraft, version: int, by: User, at: datetime) -> None:
    """A second person has read the answer and lets it go.

    1. Lock the draft. Who wrote in it cannot be the one.
    2. Note who read which version, when: a text that is changed later has not been read.

    Raises ReaderIsWriter, or StaleSave if the text is not the one that was read.
    """
    with transaction.atomic():
        draft = _locked(draft, by)
        draft.claim_version(version)
        draft.read_by, draft.read_at, draft.read_version = by, at, draft.version
        draft.reading_asked_at, draft.remark = None, ""
        draft.save()
        publish_event(kind="answer-read", about=draft.inquiry, to_user=draft.updated_by, at=at)


def return_answer(*, draft: AnswerDraft, remark: str, by: User, at: datetime) -> None:
    """A second person has read the answer and wants it otherwise.

    1. Lock the draft and put the remark beside it, for whoever writes it.

    Raises ReaderIsWriter.
    """
    with transaction.atomic():
        draft = _locked(draft, by)
        draft.remark, draft.reading_asked_at = remark, None
        draft.save()
        publish_event(kind="answer-read", about=draft.inquiry, to_user=draft.updated_by, at=at)


def _locked(draft: AnswerDraft, by: User) -> AnswerDraft:
    draft = AnswerDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    wrote_lately = by.pk in (draft.started_by_id, draft.updated_by_id)
    if wrote_lately or draft.writers.filter(pk=by.pk).exists():
        raise ReaderIsWriter
    return draft
