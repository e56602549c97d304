"""What we have had to do with a client, for the card of the client."""

from dataclasses import dataclass

from django.utils import timezone

from accounts.models import User
from clients.models import Client
from documents.models import AccessCase
from inquiries.models import Inquiry
from tickets.lines import Line
from workspace.queries.call import Earlier
from workspace.queries.tickets import tickets_of

ROWS = 20


@dataclass(frozen=True)
class Dealings:
    inquiries: list[Earlier]
    cases: list[AccessCase]
    tickets: list[Line]


def dealings_with(client: Client, *, by: User) -> Dealings:
    """Return the newest inquiries, access cases and tickets of the client that this person may see."""
    family, today = client.family_ids(), timezone.localdate()
    inquiries = (
        Inquiry.objects.visible_to(by)
        .filter(client__in=family)
        .select_related("topic", "agent")
        .order_by("-started_at", "-pk")[:ROWS]
    )
    cases = (
        AccessCase.objects.visible_to(by)
        .filter(client__in=family)
        .select_related("responsible")
        .order_by("-started_at", "-pk")[:ROWS]
    )
    return Dealings(
        [Earlier(inquiry, inquiry.is_readable_by(by, today)) for inquiry in inquiries],
        list(cases),
        tickets_of(family, by=by, at=timezone.now()),
    )
