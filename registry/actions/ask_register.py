import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from registry.gateways.business_register import BusinessRegister, LiveAnswer
from registry.models import RegisterAnswer
from registry.representation import OrganisationAnswer
from registry.representation.assess import MAX_DEPTH
from registry.representation.codes import is_registry_code, plain_code
from registry.representation.roles import Acting, acting
from registry.representation.stored import to_json


@dataclass(frozen=True)
class Asked:
    """An answer about one organisation, kept or to be kept, and how deep in the chain it lies."""

    organisation: OrganisationAnswer | None
    answer: RegisterAnswer
    depth: int

    @property
    def lacks_details(self) -> bool:
        """Whether the register refused to tell what only the card shows: dates and terms of office."""
        return self.organisation is not None and "detailandmed" not in self.answer.operations


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
    organisation = answer.organisation
    asked[code] = Asked(replace(organisation) if organisation else None, answer, depth)
    if organisation is None or depth >= MAX_DEPTH - 1:
        return
    for person in organisation.persons:
        partner = plain_code(person.code)
        represents = acting(person.role, organisation.status) != Acting.NO
        if person.is_legal and represents and is_registry_code(partner) and partner not in asked:
            _ask(register, partner, at, asks_anew, depth + 1, asked)


def _of_today(code: str, at: datetime) -> RegisterAnswer | None:
    return RegisterAnswer.objects.of_the_day(at).about_representation().latest_of(code)


def _live(register: BusinessRegister, code: str, at: datetime) -> RegisterAnswer:
    return answer_to_keep(register.ask(code), at)


def answer_to_keep(live: LiveAnswer, at: datetime) -> RegisterAnswer:
    """Return the answer as a row that is not saved yet."""
    reply = "\n".join(live.replies)
    return RegisterAnswer(
        registry_code=live.code,
        obtained_at=at,
        operations=" ".join(live.operations),
        reply=reply,
        reply_sha256=hashlib.sha256(reply.encode()).hexdigest(),
        content=to_json(live.organisation),
    )
