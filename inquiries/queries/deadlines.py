import datetime as dt

from common.clock import working_clock
from inquiries.models import LegalKind, LegalTerm
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
