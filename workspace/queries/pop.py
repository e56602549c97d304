"""The pop of a ringing phone: who calls, as far as the number tells, and what was before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from clients.models import Client
from inquiries.models import DraftPassing, Inquiry, PhoneCall, PhoneRing
from inquiries.queries import mark_readable

MOST_POPS = 3
MOST_MATCHES = 9  # each is chosen by its digit
EARLIER_INQUIRIES = 5
SHOWN_AFTER_END = timedelta(minutes=5)
ENDED_LATELY = timedelta(minutes=10)
SHOWN_OF_AN_INQUIRY = ("topic", "agent")


@dataclass(frozen=True)
class Pop:
    """One call that rings for a person or that the person has just answered."""

    call: PhoneCall
    matches: list[Client] = field(default_factory=list)
    earlier: list[Inquiry] = field(default_factory=list)
    ring: PhoneRing | None = None

    @property
    def client(self) -> Client | None:
        """The caller, if the number is one client's alone."""
        return self.matches[0] if len(self.matches) == 1 else None


def pops_for(user: User, *, at: datetime) -> list[Pop]:
    """Return the calls whose pop stands on this person's screen, the first to ring first.

    A call that a colleague answered is no business of this person's any more; one's own stays for
    a while after its end, until it is opened or put away.
    """
    still = Q(call__ended_at__isnull=True) | Q(
        call__agent=user, call__answered_at__isnull=False, call__ended_at__gt=at - SHOWN_AFTER_END
    )
    mine = Q(call__answered_at__isnull=True) | Q(call__agent=user)
    rings = (
        PhoneRing.objects.filter(user=user, put_away_at__isnull=True)
        .filter(still, mine, call__in=PhoneCall.objects.filter(rang_at__gt=at - timedelta(hours=4)))
        .filter(call__contact_key__isnull=True)
        .select_related("call")
        .order_by("call__rang_at", "pk")[:MOST_POPS]
    )
    return [_pop(ring, user) for ring in rings]


def new_passings(user: User) -> list[DraftPassing]:
    """Contacts that colleagues passed on to this person and that no page of theirs has shown yet."""
    return list(DraftPassing.objects.new_to(user).select_related("by")[:MOST_POPS])


def ended_contacts(user: User, *, at: datetime) -> list[UUID]:
    """Keys of the contacts whose call ended lately: their page stops the clock."""
    calls = PhoneCall.objects.filter(
        agent=user, contact_key__isnull=False, ended_at__gt=at - ENDED_LATELY
    )
    return [key for key in calls.values_list("contact_key", flat=True) if key]


def _pop(ring: PhoneRing, user: User) -> Pop:
    call = ring.call
    matches = _clients_of(call.number, user)
    return Pop(call, matches, _earlier(call.number, matches, user), ring)


def _clients_of(number: str, user: User) -> list[Client]:
    if not number:
        return []
    clients = Client.objects.visible_to(user).living().defer("personal_code")
    of_number = clients.filter(contact_points__kind="phone", contact_points__value=number)
    return list(of_number.order_by("name", "pk").distinct()[:MOST_MATCHES])


def _earlier(number: str, matches: Sequence[Client], user: User) -> list[Inquiry]:
    """The last inquiries of the number, and of the client if it can be only one."""
    rows = Inquiry.objects.visible_to(user).select_related(*SHOWN_OF_AN_INQUIRY)
    found: dict[int, Inquiry] = {}
    # Asked for apart: each walks its own index.
    if number:
        found |= _newest(rows.filter(caller_number=number))
    if len(matches) == 1:
        found |= _newest(rows.filter(client__in=matches[0].family_ids()))
    newest = sorted(found.values(), key=lambda one: (one.started_at, one.pk), reverse=True)
    return mark_readable(newest[:EARLIER_INQUIRIES], by=user, today=timezone.localdate())


def _newest(rows) -> dict[int, Inquiry]:  # type: ignore[no-untyped-def]
    return {row.pk: row for row in rows.order_by("-started_at", "-pk")[:EARLIER_INQUIRIES]}
