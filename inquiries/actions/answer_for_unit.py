from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from common.actions import LinkNotValid, open_external_link, publish_event, store_file
from common.uploads import CheckedUpload
from inquiries.actions.ask_unit import PURPOSE
from inquiries.actions.recall_from_unit import revoke_links
from inquiries.field_refusals import Missing
from inquiries.models import (
    Channel,
    Inquiry,
    Language,
    Letter,
    LetterDirection,
    LetterKind,
    UnitRequest,
)
from inquiries.refusals import LetterNotComplete, RequestNotOpen
from inquiries.states import MOVES, InquiryState
from inquiries.versions import keep_first_version, save_version


def open_unit_link(*, token: str, at: datetime) -> UnitRequest:
    """The head of a unit opens the link in our mail. Looking answers nothing: mail filters look too.

    Raises LinkNotValid.
    """
    link = open_external_link(token=token, purpose=PURPOSE, at=at)
    request = UnitRequest.objects.filter(pk=link.about_id).select_related("inquiry", "unit").first()
    if request is None:
        raise LinkNotValid
    return request


def answer_for_unit(
    *,
    request: UnitRequest,
    name: str,
    text: str,
    files: Sequence[CheckedUpload],
    by: User | None,
    at: datetime,
) -> Letter:
    """The unit has answered, by the link in the mail (`by` nobody, a name) or signed in.

    1. Lock the inquiry; the question must be open still.
    2. Put the answer and its files into the thread, where only we see them; the links open no more.
    3. The inquiry is in work again with the agent who asked, who is told and sends it on.
    4. Write a version.

    Raises LetterNotComplete or RequestNotOpen.
    """
    if not text.strip():
        label = Letter._meta.get_field("text").verbose_name  # type: ignore[union-attr]
        raise LetterNotComplete({"text": [Missing(field=label)]})
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=request.inquiry_id)
        open_ones = UnitRequest.objects.open().select_related("unit")
        request = open_ones.filter(pk=request.pk).first()
        if request is None:
            raise RequestNotOpen
        answer = Letter.objects.create(
            inquiry=inquiry,
            direction=LetterDirection.INTERNAL,
            kind=LetterKind.FROM_UNIT,
            channel=Channel.WEB,
            language=Language.ESTONIAN,
            sender_name=f"{name}, {request.unit.name}"[:200],
            text=text,
            at=at,
            written_by=by,
        )
        answer.files.set([store_file(upload=upload, by=by, at=at) for upload in files])
        request.answer, request.answered_at, request.answered_by_name = answer, at, name[:200]
        request.save(update_fields=["answer", "answered_at", "answered_by_name"])
        revoke_links(request, at=at)
        _return(inquiry, by, at)
        publish_event(kind="unit-answered", about=inquiry, to_user=inquiry.responsible, at=at)
    return answer


def _return(inquiry: Inquiry, by: User | None, at: datetime) -> None:
    if not MOVES.allows("return_from_unit", inquiry.state):
        return  # settled meanwhile: the answer is kept all the same
    keep_first_version(inquiry)
    state = MOVES.target("return_from_unit", InquiryState(inquiry.state))
    inquiry.state, inquiry.state_since = state, at
    inquiry.claim_version(inquiry.version)
    save_version(inquiry, why="unit_answered", by=by, at=at)
