"""Which ticket somebody means by what is typed: its number as people write it, or words of it."""

from django.utils import timezone

from accounts.models import User
from common.words import asked
from tickets.models import Ticket
from tickets.queries.search import NUMBER, holding_words

MOST = 8
YEARS_BACK = 10


def tickets_meant(text: str, *, besides: Ticket, by: User) -> tuple[list[Ticket], bool]:
    """Return what may be meant of what this person may see, and whether it is a number, and so that one alone.

    A number without a year is the latest of its kind: in January people still say last year's.
    """
    rows = Ticket.objects.visible_to(by).exclude(number="").exclude(pk=besides.pk)
    rows = rows.select_related("responsible", "client", "parent")
    number = NUMBER.fullmatch(text.strip().lstrip("#№ "))
    if number:
        last = timezone.localdate().year
        years = [number[1]] if number[1] else range(last, last - YEARS_BACK, -1)
        named = rows.filter(number__in=[f"KLT-{year}-{int(number[2]):06d}" for year in years])
        return list(named.order_by("-number")[:1]), True
    if not asked(text):
        return [], False
    return list(holding_words(rows, text, by=by).order_by("-raised_at", "-pk")[:MOST]), False
