from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format

from accounts.models import User
from inquiries.actions.send_on import notify_sender
from inquiries.judging import Missing
from inquiries.models import Inquiry, LetterKind, TermExtension
from inquiries.queries import extended_to
from inquiries.refusals import LetterNotComplete, NotALetter, TermNotExtendable
from inquiries.versions import keep_first_version, save_version


def extend_term(*, inquiry: Inquiry, reason: str, by: User, at: datetime) -> TermExtension:
    """The answer cannot be given within the term, and the sender is told why and until when.

    1. Lock the inquiry. It must be open, and its term one that the law lets be put off, once.
    2. Count the last day from the registration, by the term that stood then.
    3. Write to the sender in the language of the letter.
    4. Keep who put it off, why and from which day; write a version.

    Raises LetterNotComplete, NotALetter or TermNotExtendable.
    """
    reason = reason.strip()
    if not reason:
        label = TermExtension._meta.get_field("reason").verbose_name  # type: ignore[union-attr]
        raise LetterNotComplete({"reason": [Missing(field=label)]})
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        letter = inquiry.letters.filter(kind=LetterKind.INCOMING).order_by("at", "pk").first()
        if letter is None:
            raise NotALetter
        until = extended_to(inquiry)
        before = inquiry.answer_by
        if until is None or before is None:
            raise TermNotExtendable
        with translation.override(letter.language):
            shown = date_format(until, "SHORT_DATE_FORMAT")
        inquiry.answer_by = until
        told = {"reason": reason, "until": shown}
        notice = notify_sender(inquiry, letter, LetterKind.NOTICE_EXTENDED, told, by=by, at=at)
        keep_first_version(inquiry)
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why="term_extended", by=by, at=at)
        return TermExtension.objects.create(
            inquiry=inquiry,
            reason=reason,
            answer_by_before=before,
            answer_by=until,
            notice=notice,
            by=by,
            at=at,
        )
