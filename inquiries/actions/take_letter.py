from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from inquiries.models import Inquiry
from inquiries.queries import line_of_letters
from inquiries.refusals import LetterTaken
from inquiries.states import MOVES, InquiryState
from inquiries.versions import keep_first_version, save_version


def take_letter(*, inquiry: Inquiry, by: User, at: datetime) -> Inquiry:
    """Somebody takes a letter that nobody has yet, to answer it.

    1. Lock the inquiry. If a colleague was quicker, say who; if it was oneself, all is well.
    2. Move it to work and write who answers for it, and a version.

    Raises LetterTaken or MoveNotAllowed.
    """
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        if inquiry.responsible_id == by.pk and inquiry.is_open:
            return inquiry
        if inquiry.responsible_id is not None:
            raise LetterTaken(who=inquiry.responsible)
        return _given(inquiry, by, "taken", by, at)


def take_next_letter(*, by: User, at: datetime) -> Inquiry | None:
    """Somebody is free: the letter with the nearest legal deadline that nobody has.

    1. Try the first ones in line, in turn: each may be taken by a colleague in this very moment.

    Returns None when nothing is in line.
    """
    while ids := list(line_of_letters(by).values_list("pk", flat=True)[:5]):
        for pk in ids:
            try:
                return take_letter(inquiry=Inquiry(pk=pk), by=by, at=at)
            except LetterTaken:
                continue
    return None


def assign_letters(
    *, inquiries: Iterable[Inquiry], to: User, by: User, at: datetime
) -> list[Inquiry]:
    """The coordinator hands letters out, or somebody passes an own one to a colleague.

    1. Lock each; one that is settled meanwhile is left alone.
    2. Write who answers for it from now on, and a version.

    Returns those that were assigned.
    """
    assigned = []
    for one in inquiries:
        with transaction.atomic():
            inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=one.pk)
            if inquiry.is_open and inquiry.responsible_id != to.pk:
                assigned.append(_given(inquiry, to, "assigned", by, at))
    return assigned


def _given(inquiry: Inquiry, to: User, why: str, by: User, at: datetime) -> Inquiry:
    keep_first_version(inquiry)
    if inquiry.state == InquiryState.RECEIVED:
        inquiry.state, inquiry.state_since = MOVES.target("take", InquiryState.RECEIVED), at
        inquiry.agent = to
    inquiry.responsible = to
    inquiry.claim_version(inquiry.version)
    save_version(inquiry, why=why, by=by, at=at)
    return inquiry
