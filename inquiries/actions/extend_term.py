from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format

from accounts.models import User
from inquiries.actions.count_as_sent import count_as_sent
from inquiries.actions.send_on import notify_sender
from inquiries.field_refusals import Missing
from inquiries.models import Inquiry, LetterKind, TermExtension
from inquiries.queries import extended_to, standing_extension
from inquiries.refusals import LetterNotComplete, NotALetter, TermNotExtendable


def extend_term(*, inquiry: Inquiry, reason: str, by: User, at: datetime) -> TermExtension:
    """The answer cannot be given within the term, and the sender is told why and until when.

    1. Lock the inquiry. It must be open, and its term one that the law lets be put off, once.
    2. Count the last day from the registration, by the term that stood then.
    3. Write to the sender in the language of the letter.
    4. Keep who put it off, why and from which day.
    5. The new day counts when the notice has left: by mail at once, on paper when it is posted.

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
        told = {"reason": reason, "until": shown}
        notice = notify_sender(inquiry, letter, LetterKind.NOTICE_EXTENDED, told, by=by, at=at)
        extension = TermExtension.objects.create(
            inquiry=inquiry,
            reason=reason,
            answer_by_before=before,
            answer_by=until,
            notice=notice,
            by=by,
            at=at,
        )
        if notice.left_at is not None:
            count_as_sent(inquiry=inquiry, letter=notice, by=by, at=at)
    return extension


def lapse_extension(*, inquiry: Inquiry, kind: str, at: datetime) -> TermExtension | None:
    """A letter is of another legal kind than it was taken for: the former kind's extension ends.

    1. Nothing happens while the kind stays.
    2. An extension that the sender was told of is kept and counts no more. One whose notice still
       waits to be posted goes with its notice.

    The caller has locked the inquiry and not changed it yet. Returns the extension that lapsed.
    """
    extension = standing_extension(inquiry)
    if extension is None or inquiry.legal_kind == kind:
        return None
    if extension.notice.is_to_post:
        extension.delete()
        extension.notice.delete()
        return None
    extension.lapsed_at = at
    extension.save(update_fields=["lapsed_at"])
    return extension
