import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from registry.gateways.business_register import BusinessRegister
from registry.models import RegisterAnswer
from registry.representation import OrganisationAnswer
from registry.representation.assess import MAX_DEPTH
from registry.representation.codes import is_registry_code, plain_code
from registry.representation.roles import Acting, acting
from registry.representation.stored import from_json, to_json


@dataclass(frozen=True)
class Asked:
    """An answer about one organisation, kept or to be kept, and how deep in the chain it lies."""

    organisation: OrganisationAnswer | None
    answer: RegisterAnswer
    depth: int


def ask_register(
    *, register: BusinessRegister, code: str, at: datetime, asks_anew: bool
) -> list[Asked]:
    """Ask about an organisation, then about the companies that represent it.

    What the register has said earlier the same day is taken from our own copy. Nothing is written.
    Raises RegisterUnavailable or RegisterFault.
    """
    asked: dict[str, Asked] = {}
    _ask(register, code, at, asks_anew, 0, asked)
    return list(asked.values())


def with_partners(asked: list[Asked]) -> OrganisationAnswer | None:
    """Return the first organisation with what was said of those that represent it."""
    by_code = {
        plain_code(one.organisation.code): one.organisation for one in asked if one.organisation
    }
    for organisation in by_code.values():
        for person in organisation.persons:
            code = plain_code(person.code)
            if person.is_legal and code in by_code:
                organisation.represented_by[code] = by_code[code]
    return asked[0].organisation


def _ask(
    register: BusinessRegister,
    code: str,
    at: datetime,
    asks_anew: bool,
    depth: int,
    asked: dict[str, Asked],
) -> None:
    answer = None if asks_anew else _of_today(code, at)
    if answer is None:
        answer = _live(register, code, at)
    organisation = from_json(answer.content)
    asked[code] = Asked(replace(organisation) if organisation else None, answer, depth)
    if organisation is None or depth >= MAX_DEPTH - 1:
        return
    for person in organisation.persons:
        partner = plain_code(person.code)
        represents = acting(person.role, organisation.status) != Acting.NO
        if person.is_legal and represents and is_registry_code(partner) and partner not in asked:
            _ask(register, partner, at, asks_anew, depth + 1, asked)


def _of_today(code: str, at: datetime) -> RegisterAnswer | None:
    today = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        RegisterAnswer.objects.filter(
            registry_code=code, obtained_at__gte=today, obtained_at__lte=at
        )
        .order_by("-obtained_at", "-pk")
        .first()
    )


def _live(register: BusinessRegister, code: str, at: datetime) -> RegisterAnswer:
    live = register.ask(code)
    reply = "\n".join(live.replies)
    return RegisterAnswer(
        registry_code=code,
        obtained_at=at,
        operations=" ".join(live.operations),
        reply=reply,
        reply_sha256=hashlib.sha256(reply.encode()).hexdigest(),
        content=to_json(live.organisation),
    )
