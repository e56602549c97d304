"""What a caller holds in the portal and asks for, beside the call."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import User
from clients.models import Client
from documents.models import Access, AccessCase
from documents.queries import access_held, held_by_person
from documents.signers import code_hash
from inquiries.models import SpokenOf
from inquiries.queries import Advice, advice_at

CASES = 6


@dataclass(frozen=True)
class CallerAccesses:
    """Open cases and accesses in force of a client, and how well the caller must be known for them."""

    cases: list[AccessCase]
    held: list[Access]
    advice: Advice | None


def accesses_of(client: Client, *, how: str, day: date, by: User) -> CallerAccesses:
    """Return what the client asks for and holds; `how` the caller was identified says what is told."""
    advice = advice_at(how, only=SpokenOf.ACCESSES)
    return CallerAccesses(_open_cases(client, by), _held(client, day), next(iter(advice), None))


def _open_cases(client: Client, by: User) -> list[AccessCase]:
    own = Q(client__in=client.family_ids())
    if client.registry_code:
        own |= Q(organisation_code=client.registry_code)
    found = AccessCase.objects.visible_to(by).open().filter(own).select_related("responsible")
    return list(found.order_by("started_at", "pk")[:CASES])


def _held(client: Client, day: date) -> list[Access]:
    if client.registry_code:
        return access_held(client.registry_code, day)
    if not client.is_person:
        return []
    return held_by_person(code_hash(client.personal_code, client.country), day)
