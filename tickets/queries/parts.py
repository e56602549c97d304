"""The open parts of a ticket, and what may become of each when the client of the whole is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from accounts.models import User
from clients.models import ContactKind, ContactPoint
from tickets.choices import PartChoice
from tickets.models import Ticket
from tickets.states import OPEN_OR_DRAFT, UNSOLVED, TicketState


@dataclass(frozen=True)
class Part:
    """An open part: `choices` are empty where it has to stay as it is, and then it is only named."""

    ticket: Ticket
    is_same_client: bool
    choices: tuple[PartChoice, ...]

    @property
    def proposed(self) -> PartChoice:
        """What is probably meant: who hears it now is told, the others stand among the answers to deliver."""
        if self.is_same_client:
            return PartChoice.TOLD
        return PartChoice.LATER if PartChoice.LATER in self.choices else PartChoice.LEAVE


def open_parts(ticket: Ticket, *, by: User) -> list[Part]:
    """Every open part. Asked about are those that this person may change, and that can be told now."""
    parts = Ticket.objects.filter(parent=ticket.pk, state__in=OPEN_OR_DRAFT).order_by("pk")
    found = list(parts.select_related("client", "responsible", "parent__client"))
    with_address = _with_address(found)
    return [
        Part(one, _is_same_client(one), _choices(one, with_address[one.pk], by)) for one in found
    ]


def _choices(part: Ticket, has_address: bool, by: User) -> tuple[PartChoice, ...]:
    """One that tier II sent back, that is not raised yet, or whose client knows already, stays as it is."""
    is_told_next = part.state in UNSOLVED or part.state == TicketState.RESOLVED
    if not is_told_next or not by.has_perm("tickets.change_ticket", part):
        return ()
    mail = [PartChoice.MAIL] if has_address and not _is_same_client(part) else []
    later = [PartChoice.LATER] if part.state in UNSOLVED else []
    return (*mail, PartChoice.TOLD, *later, PartChoice.LEAVE)


def _is_same_client(part: Ticket) -> bool:
    whole = part.parent.client if part.parent else None
    if part.client is None or whole is None:
        return False
    return bool(part.client.survivor == whole.survivor)


def _with_address(parts: list[Ticket]) -> Mapping[int, bool]:
    client = {one.pk: one.client.survivor.pk if one.client else 0 for one in parts}
    points = ContactPoint.objects.filter(kind=ContactKind.EMAIL, client__in=set(client.values()))
    known = set(points.values_list("client", flat=True)) if any(client.values()) else set()
    return {pk: of_it in known for pk, of_it in client.items()}
