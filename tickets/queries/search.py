import re

from django.utils import timezone

from common.words import asked, gathered
from tickets.models import TicketWords
from tickets.models.ticket import TicketQuerySet

NUMBER = re.compile(r"(?:KLT[\s-]*)?(?:(\d{4})[\s-]+)?(\d{1,6})", re.IGNORECASE)


def holding_words(tickets: TicketQuerySet, text: str) -> TicketQuerySet:
    """Tickets whose texts or comments hold all of these words, in any form; a number means its ticket alone."""
    number = NUMBER.fullmatch(text.strip())
    if number:
        year = number[1] or str(timezone.localdate().year)
        return tickets.filter(number=f"KLT-{year}-{int(number[2]):06d}")
    wanted = asked(text)
    if not wanted:
        return tickets
    held = TicketWords.objects.filter(words__holding=wanted)
    return tickets.filter(pk__in=gathered(held))
