from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.queries import line_takers
from tickets.models import Ticket, TicketGroup


def solvers_of(group: TicketGroup) -> QuerySet[User]:
    """Who works on a group's tickets here."""
    return group.members.filter(is_active=True).order_by("first_name", "last_name", "pk")


def assignable(ticket: Ticket) -> QuerySet[User]:
    return solvers_of(ticket.group) if ticket.group else User.objects.none()


def may_work_on(user: User, ticket: Ticket) -> bool:
    """Whether the person acts for tier II on this ticket."""
    return not ticket.is_draft and user.has_perm("tickets.work_on_ticket", ticket)


def may_tick(user: User, ticket: Ticket) -> bool:
    """Whether the person goes through the checklist: who answers for the ticket, and tier II of its group."""
    return ticket.is_open and (
        user.has_perm("tickets.change_ticket", ticket) or may_work_on(user, ticket)
    )


def responsible_people() -> QuerySet[User]:
    """Colleagues who may be made responsible for a ticket."""
    takers = line_takers(timezone.localdate())
    return takers.order_by("first_name", "last_name", "pk")
