"""The work lists of tickets: each card, badge and page asks here, so that figures and rows agree."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from common.clock import working_clock
from tickets.models import Ticket, TicketGroup, TicketWatch
from tickets.models.ticket import group_ids_of
from tickets.states import WITH_TIER2, LinkState


def moved_of(user: User) -> QuerySet[Ticket]:
    """The person's own tickets that moved since they were last looked at."""
    return Ticket.objects.open().of_responsible(user.acts_for_ids).moved()


def answers_to_deliver(user: User) -> QuerySet[Ticket]:
    """Solutions that the person has to bring to the client."""
    return Ticket.objects.of_responsible(user.acts_for_ids).to_deliver()


def silent(at: datetime) -> QuerySet[Ticket]:
    """With tier II, and not a word from there for as many working days as the group allows."""
    clock, day = working_clock(), timezone.localdate(at)
    days = set(TicketGroup.objects.values_list("silent_days", flat=True))
    # Whatever was raised or said on this day or before has been silent for that long.
    last = {count: clock.add_days(day, -count) for count in days}
    word = Q(pk__in=[])
    for count, since in last.items():
        until = timezone.make_aware(
            datetime.combine(since + timedelta(days=1), datetime.min.time())
        )
        word |= Q(group__silent_days=count) & (
            Q(word_at__lt=until) | Q(word_at=None, state_since__lt=until)
        )
    return Ticket.objects.filter(word, state__in=sorted(WITH_TIER2))


def of_group(user: User) -> QuerySet[Ticket]:
    """What stands open with the groups of somebody in tier II."""
    return Ticket.objects.open().filter(group__in=group_ids_of(user))


def tickets_by_link_trouble() -> QuerySet[Ticket]:
    """Tickets that Jira did not take, or lost."""
    trouble = [LinkState.FAILED, LinkState.DELETED, LinkState.FORBIDDEN]
    return Ticket.objects.filter(link_state__in=trouble).open()


def watched_news(user: User) -> QuerySet[Ticket]:
    """Tickets of others that the person watches, or that go on from such a one, and that moved since."""
    moved_at = Coalesce("ticket__merged_into__moved_at", "ticket__moved_at")
    news = TicketWatch.objects.filter(user=user).filter(Q(seen_at=None) | Q(seen_at__lt=moved_at))
    goes_on = news.values_list(Coalesce("ticket__merged_into", "ticket"))
    return Ticket.objects.open().filter(pk__in=goes_on)


def count_open_tickets(user_id: int) -> int:
    """How many tickets somebody is responsible for, for whoever steps in."""
    return Ticket.objects.open().filter(responsible=user_id).count()
