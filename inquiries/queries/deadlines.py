import calendar
import datetime as dt

from common.clock import working_clock
from inquiries.models import ExtensionCount, Inquiry, LegalKind, LegalTerm
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


def extended_to(inquiry: Inquiry) -> dt.date | None:
    """Return the last day to which the answer may be put off, or None: it has been, or may not be."""
    if not inquiry.is_open or not inquiry.legal_kind or inquiry.registered_on is None:
        return None
    if hasattr(inquiry, "term_extension"):
        return None
    term = LegalTerm.objects.in_force(inquiry.legal_kind, inquiry.registered_on)
    if term is None or term.extension is None:
        return None
    until = _extended(term.extension, term.extension_counted_in, inquiry.registered_on)
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
