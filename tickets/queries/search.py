import re

from django.utils import timezone

from accounts.models import User
from common.words import asked, gathered, is_held_by_more
from tickets.models import TicketDeskWords, TicketWords
from tickets.models.ticket import TicketQuerySet

# So many tickets are gathered by the index of words and sorted in about the time in which the newest page
# of a word that as many hold is found by walking the list (a million tickets; measured by `make bench`).
GATHERED = 5_000
NUMBER = re.compile(r"(?:KLT[\s-]*)?(?:(\d{4})[\s-]+)?(\d{1,6})", re.IGNORECASE)


def holding_words(
    tickets: TicketQuerySet, text: str, *, by: User, is_counted: bool = False
) -> TicketQuerySet:
    """Tickets whose texts or comments hold all of these words, in any form; a number means its ticket alone.

    By notes of client support only client support finds. `is_counted`: the rows are not read in their
    order, so the index of words leads whatever it finds.
    """
    number = NUMBER.fullmatch(text.strip())
    if number:
        year = number[1] or str(timezone.localdate().year)
        return tickets.filter(number=f"KLT-{year}-{int(number[2]):06d}")
    wanted = asked(text)
    if not wanted:
        return tickets
    is_desk = by.has_perm("tickets.raise_ticket")
    table, words = (TicketDeskWords, "desk_words") if is_desk else (TicketWords, "words")
    if is_counted:
        return tickets.filter(**{f"{words}__words__holding": wanted})
    held = table.objects.filter(words__holding=wanted)
    if is_held_by_more(held, GATHERED):
        return tickets.filter(**{f"{words}__words__holding_walked": wanted})
    return tickets.filter(pk__in=gathered(held))
