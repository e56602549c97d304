import re

from django.utils import timezone

from accounts.models import User
from common.words import asked, gathered
from tickets.models import TicketDeskWords, TicketWords
from tickets.models.ticket import TicketQuerySet

NUMBER = re.compile(r"(?:KLT[\s-]*)?(?:(\d{4})[\s-]+)?(\d{1,6})", re.IGNORECASE)


def holding_words(tickets: TicketQuerySet, text: str, *, by: User) -> TicketQuerySet:
    """Tickets whose texts or comments hold all of these words, in any form; a number means its ticket alone.

    By notes of client support only client support finds.
    """
    number = NUMBER.fullmatch(text.strip())
    if number:
        year = number[1] or str(timezone.localdate().year)
        return tickets.filter(number=f"KLT-{year}-{int(number[2]):06d}")
    wanted = asked(text)
    if not wanted:
        return tickets
    table = TicketDeskWords if by.has_perm("tickets.raise_ticket") else TicketWords
    held = table.objects.filter(words__holding=wanted)
    return tickets.filter(pk__in=gathered(held))
