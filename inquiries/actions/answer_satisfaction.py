from datetime import datetime

from django.db import transaction

from common.actions import LinkNotValid, open_external_link
from inquiries.actions.ask_satisfaction import PURPOSE
from inquiries.models import SatisfactionOptOut, SatisfactionQuestion
from inquiries.typed import as_text


def open_satisfaction(*, token: str, at: datetime) -> SatisfactionQuestion:
    """A client opens the link in our mail. Looking answers nothing: mail filters look too.

    Raises LinkNotValid.
    """
    link = open_external_link(token=token, purpose=PURPOSE, at=at)
    rows = SatisfactionQuestion.objects.select_related("inquiry")
    question = rows.filter(pk=link.about_id).first()
    if question is None:
        raise LinkNotValid
    return question


def answer_satisfaction(
    *, token: str, score: int, at: datetime, words: str | None = None
) -> SatisfactionQuestion:
    """A client says how we served, and later perhaps why.

    1. Find the question; as long as the link opens, the answer may be changed.
    2. Keep the score, and the words if there are any.

    Raises LinkNotValid.
    """
    found = open_satisfaction(token=token, at=at)
    with transaction.atomic():
        question = SatisfactionQuestion.objects.select_for_update(of=("self",)).get(pk=found.pk)
        question.score = score
        question.answered_at = question.answered_at or at
        if words is not None:
            question.words = as_text(words)[:2_000].strip()
        question.save(update_fields=["score", "answered_at", "words"])
    return question


def stop_asking(*, token: str, at: datetime) -> SatisfactionQuestion:
    """A client does not want to be asked any more.

    1. Find the question that the mail asked.
    2. Keep the address, as its keyed hash, and the client, if we know who it is.

    Raises LinkNotValid.
    """
    question = open_satisfaction(token=token, at=at)
    SatisfactionOptOut.objects.get_or_create(
        address_hash=question.address_hash,
        defaults={"client_id": question.inquiry.client_id, "at": at},
    )
    return question
