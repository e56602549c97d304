from collections.abc import Collection
from datetime import datetime

from accounts.models import User
from tickets.models import Ticket, TicketWatch


def see_ticket(
    *, ticket: Ticket, by: User, at: datetime, watches: Collection[TicketWatch] = ()
) -> None:
    """The responsible person, or who stands in, or a watcher has looked: it is news no more."""
    if ticket.responsible_id in by.acts_for_ids and ticket.moved_at > ticket.seen_at:
        Ticket.objects.filter(pk=ticket.pk, seen_at__lt=at).update(seen_at=at)
    unseen = [one.pk for one in watches if one.seen_at is None or one.seen_at < ticket.moved_at]
    if unseen:
        TicketWatch.objects.filter(pk__in=unseen).update(seen_at=at)


def watch_ticket(*, ticket: Ticket, by: User) -> None:
    TicketWatch.objects.get_or_create(ticket=ticket, user=by)


def unwatch_ticket(*, ticket: Ticket, by: User) -> None:
    TicketWatch.objects.filter(ticket=ticket, user=by).delete()
