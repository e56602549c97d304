import calendar
import datetime as dt

from django.utils import timezone

from common.clock import working_clock
from inquiries.models import ExtensionCount, Inquiry, LegalKind, LegalTerm, TermExtension
from inquiries.models.legal_term import DayCount


def answer_by(*, kind: LegalKind, registered_on: dt.date) -> dt.date:
    """Return the last day for an answer, by the term that stood on the day of registration.

    The day of registration is not counted; a term in calendar days that would end on a day off
    ends on the next working day (General Part of the Civil Code Act §§ 135, 136).
    """
    term = LegalTerm.objects.in_force(kind, registered_on)
    if term is None:
        raise LegalTerm.DoesNotExist(f"no legal term for {kind} on {registered_on}")
    return last_day(term, registered_on)


def last_day(term: LegalTerm, registered_on: dt.date) -> dt.date:
    clock = working_clock()
    if term.counted_in == DayCount.WORKING:
        return clock.add_days(registered_on, term.days)
    return clock.add_days(registered_on + dt.timedelta(days=term.days), 0)


def counts_from(*, kind: str, registered_on: dt.date, received_on: dt.date) -> dt.date:
    """The day from which a term counts: the registration, for a request for information the receipt.

    A letter that is found to ask for information later has asked for it since it came.
    """
    if kind != LegalKind.INFORMATION or received_on > registered_on:
        return registered_on
    is_known = LegalTerm.objects.in_force(kind, received_on) is not None
    return received_on if is_known else registered_on


def standing_extension(inquiry: Inquiry) -> TermExtension | None:
    """The extension of the term that the letter has now; one of a former legal kind has lapsed."""
    if inquiry.pk is None:
        return None
    rows = inquiry.term_extensions.standing()
    extension: TermExtension | None = rows.select_related("by", "notice").first()
    return extension


def term_of(inquiry: Inquiry, *, kind: LegalKind, registered_on: dt.date) -> dt.date:
    """The last day for the answer to a letter of this kind: as extended, if that counts for it."""
    extension = standing_extension(inquiry)
    if extension is not None and extension.counts and inquiry.legal_kind == kind:
        return extension.answer_by
    received_on = timezone.localdate(inquiry.started_at)
    start = counts_from(kind=kind, registered_on=registered_on, received_on=received_on)
    return answer_by(kind=kind, registered_on=start)


def extended_to(inquiry: Inquiry) -> dt.date | None:
    """Return the last day to which the answer may be put off, or None: it has been, or may not be."""
    if not inquiry.is_open or not inquiry.legal_kind or inquiry.registered_on is None:
        return None
    term = LegalTerm.objects.in_force(inquiry.legal_kind, inquiry.registered_on)
    if term is None or term.extension is None or standing_extension(inquiry) is not None:
        return None
    start = counts_from(
        kind=inquiry.legal_kind,
        registered_on=inquiry.registered_on,
        received_on=timezone.localdate(inquiry.started_at),
    )
    until = _extended(term.extension, term.extension_counted_in, start)
    return until if inquiry.answer_by is None or until > inquiry.answer_by else None


def _extended(number: int, counted_in: str, registered_on: dt.date) -> dt.date:
    clock = working_clock()
    if counted_in == ExtensionCount.WORKING:
        return clock.add_days(registered_on, number)
    if counted_in == ExtensionCount.MONTHS:
        return clock.add_days(months_later(registered_on, number), 0)
    return clock.add_days(registered_on + dt.timedelta(days=number), 0)


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month; where that month is shorter, its last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
