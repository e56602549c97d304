"""The calls that want something: missed, answered with nothing written down, written down without a call.

Each list is also its own count.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from accounts.models import User
from clients.models import ContactPoint
from clients.phones import spoken_phone
from inquiries.models import Channel, Inquiry, PhoneCall
from inquiries.queries.listing import rows_of_list

WINDOW = timedelta(days=14)  # what is older is history, not work
CALL_CHANNELS = (Channel.PHONE, Channel.CALLBACK)
MOST_NUMBERS = 200
MOST_CANDIDATES = 8
NEAR = timedelta(minutes=30)


@dataclass(frozen=True)
class MissedCalls:
    """All the calls of one number that nobody answered since it last reached us."""

    number: str  # empty: withheld
    times: int
    last_at: datetime
    call: PhoneCall  # the last of them
    clients: list[str]  # whose number it is

    @property
    def number_shown(self) -> str:
        return spoken_phone(self.number) if self.number else ""


def missed_calls(*, by: User, at: datetime) -> QuerySet[PhoneCall]:
    """Missed calls that are still to be called back: nothing is written down about them, nobody is
    at it, and the caller has not reached us since."""
    same_number_later = {"number": OuterRef("number"), "rang_at__gt": OuterRef("rang_at")}
    reached = PhoneCall.objects.filter(**same_number_later, answered_at__isnull=False)
    written_down = Inquiry.objects.filter(
        caller_number=OuterRef("number"), started_at__gt=OuterRef("rang_at")
    )
    return (
        PhoneCall.objects.visible_to(by)
        .missed()
        .not_written_down()
        .filter(rang_at__gt=at - WINDOW, set_aside_at__isnull=True)
        .filter(Q(number="") | (~Exists(reached) & ~Exists(written_down)))
    )


def missed_numbers(*, by: User, at: datetime) -> QuerySet[PhoneCall, Any]:
    """Return them grouped by number, the number that called last first."""
    return (
        missed_calls(by=by, at=at)
        .values("number")
        .annotate(times=Count("pk"), last_at=Max("rang_at"), last=Max("pk"))
        .order_by("-last_at")
    )


def missed_by_number(*, by: User, at: datetime) -> list[MissedCalls]:
    """Return the groups with the last call of each and the clients whose number it is."""
    groups = list(missed_numbers(by=by, at=at)[:MOST_NUMBERS])
    calls = PhoneCall.objects.in_bulk([group["last"] for group in groups])
    names = _names_by_number([group["number"] for group in groups], by)
    return [
        MissedCalls(
            group["number"],
            group["times"],
            group["last_at"],
            calls[group["last"]],
            names.get(group["number"], []),
        )
        for group in groups
    ]


def _names_by_number(numbers: list[str], by: User) -> dict[str, list[str]]:
    if not by.has_perm("clients.view_client"):
        return {}
    points = ContactPoint.objects.filter(
        kind="phone", value__in=[number for number in numbers if number]
    )
    found: dict[str, list[str]] = {}
    for value, name in points.values_list("value", "client__name").order_by("client__name"):
        found.setdefault(value, []).append(name)
    return found


def calls_without_inquiry(*, by: User, at: datetime, is_mine: bool = False) -> QuerySet[PhoneCall]:
    """Answered calls about which nothing is written down, the latest first."""
    calls = PhoneCall.objects.visible_to(by).without_inquiry().filter(rang_at__gt=at - WINDOW)
    if is_mine:
        calls = calls.filter(agent__in=by.acts_for_ids)
    return calls.select_related("agent").order_by("-rang_at", "-pk")


def inquiries_without_call(*, by: User, at: datetime, is_mine: bool = False) -> QuerySet[Inquiry]:
    """Inquiries by phone for which the exchange knows no call, since it began to tell us of calls."""
    first = PhoneCall.objects.order_by("rang_at").values_list("rang_at", flat=True).first()
    if first is None:
        return Inquiry.objects.none()
    rows = Inquiry.objects.visible_to(by) & without_call(since=max(first, at - WINDOW))
    rows = rows.filter(channel=Channel.PHONE)
    if is_mine:
        rows = rows.filter(agent__in=by.acts_for_ids)
    return rows_of_list(rows).order_by("-started_at", "-pk")


def without_call(*, since: datetime) -> QuerySet[Inquiry]:
    return Inquiry.objects.filter(channel__in=CALL_CHANNELS, started_at__gte=since).filter(
        ~Exists(PhoneCall.objects.filter(contact_key=OuterRef("key")))
    )


def matchable_calls(*, since: datetime) -> QuerySet[PhoneCall]:
    """Answered calls, in or out, that nobody linked or parted."""
    return PhoneCall.objects.filter(
        rang_at__gte=since,
        answered_at__isnull=False,
        ended_at__isnull=False,
        agent__isnull=False,
        contact_key__isnull=True,
        set_aside_at__isnull=True,
        linked_how="",
    )


def candidates_for(call: PhoneCall, *, by: User) -> QuerySet[Inquiry]:
    """Inquiries to which a person may link the call: near in time, of the same agent or number."""
    near = Q(started_at__gte=call.rang_at - NEAR, started_at__lte=call.rang_at + 2 * NEAR)
    whose = Q(agent=call.agent_id) if call.agent_id else Q(pk__in=[])
    if call.number:
        whose |= Q(caller_number=call.number)
    rows = Inquiry.objects.visible_to(by).filter(near, whose, channel__in=CALL_CHANNELS)
    return rows_of_list(rows).order_by("started_at", "pk")[:MOST_CANDIDATES]


def calls_of(inquiry: Inquiry) -> QuerySet[PhoneCall]:
    """The calls that belong to an inquiry, as the exchange knows them."""
    calls = PhoneCall.objects.filter(contact_key=inquiry.key)
    return calls.select_related("agent", "linked_by").order_by("rang_at", "pk")
