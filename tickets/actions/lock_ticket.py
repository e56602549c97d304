from tickets.models import Ticket


def lock_ticket(ticket: Ticket) -> Ticket:
    """Return the ticket, locked until the caller's transaction ends."""
    return Ticket.objects.select_for_update(of=("self",)).get(pk=ticket.pk)
