from collections.abc import Iterable

from tickets.models import Ticket


def lock_ticket(ticket: Ticket) -> Ticket:
    """Return the ticket, locked until the caller's transaction ends."""
    return Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)


def lock_tickets(*tickets: Ticket) -> list[Ticket]:
    """Return several tickets as they were named, locked in one order, so that nobody waits in a circle."""
    ids = {ticket.pk for ticket in tickets}
    rows = Ticket.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    locked = {ticket.pk: ticket for ticket in rows}
    return [locked[ticket.pk] for ticket in tickets]


def lock_with_survivor(ticket: Ticket, below: Iterable[int] = ()) -> tuple[Ticket, Ticket]:
    """Return the ticket and the one in which it goes on, itself where it was not merged, both locked.

    `below` are merged ones that will be changed along.
    """
    ids = Ticket.objects.filter(pk=ticket.pk).values_list("merged_into", flat=True)
    along = [Ticket(pk=pk) for pk in below]
    ticket, survivor, *_along = lock_tickets(ticket, Ticket(pk=ids.get() or ticket.pk), *along)
    wanted = ticket.merged_into_id or ticket.pk
    if survivor.pk != wanted:  # merged, or the merge undone, between the two looks
        survivor = lock_ticket(Ticket(pk=wanted))
    return ticket, survivor


def lock_with_parts(ticket: Ticket) -> Ticket:
    """Return the ticket, locked together with its parts."""
    parts = Ticket.objects.filter(parent=ticket.pk).only("pk")
    return lock_tickets(ticket, *parts)[0]
