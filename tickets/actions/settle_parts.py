"""A ticket is told or closed, and its open parts are not forgotten, nor settled without being asked about."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from tickets.actions.close_locked_ticket import close_locked_ticket
from tickets.actions.keep_words import keep_words
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.move_ticket import move_ticket
from tickets.actions.note_event import note_event
from tickets.actions.say_to_jira import say_to_jira
from tickets.actions.tell_client import tell_client
from tickets.actions.tick_checklist import finish_checklist
from tickets.choices import DeliveryChannel, PartChoice
from tickets.models import Delivery, Ticket
from tickets.queries.parts import Part, open_parts
from tickets.states import UNSOLVED


class PartsNotAsked(Refusal):
    """An open part has come or moved since the page was shown, or nobody asked about it."""

    code = "parts_not_asked"
    sentence = _("Say what becomes of %(number)s too: it is an open part of this ticket.")


class PartToBeWritten(Refusal):
    """Another client has not read the letter to this one."""

    code = "part_to_be_written"
    sentence = _(
        "The client of %(number)s has not read this letter: write the same words to it, or tell it later."
    )


def settle_parts(
    whole: Ticket,
    chosen: Mapping[int, PartChoice],
    told: Delivery | None,
    *,
    closes: bool = True,
    by: User,
    at: datetime,
) -> None:
    """Do with each open part of a locked ticket what was chosen for it, in the caller's transaction.

    1. Each part that this person may change was asked about. The others are named on the page and stay as
       they are.
    2. What is told or told later is solved with the whole, and tier II in Jira hears it.
    3. Each client that is told gets a delivery of its own, by e-mail with a letter of its own; then the part
       is closed, if the whole is.
    4. What became of them stands in the story of the whole.

    Raises PartsNotAsked, PartToBeWritten, NoAddress, ChecklistNotDone.
    """
    asked = [part for part in open_parts(whole, by=by) if part.choices]
    for part in asked:
        choice = chosen.get(part.ticket.pk)
        if choice not in part.choices:
            raise PartsNotAsked(number=part.ticket.number)
        if choice != PartChoice.LEAVE and told is not None:
            _settle(whole, part, choice, told, closes=closes, by=by, at=at)
    if asked:
        numbers = _numbers(asked, chosen)
        note_event(ticket=whole, what="parts_asked", by=by, at=at, **numbers)


def _settle(
    whole: Ticket,
    part: Part,
    choice: PartChoice,
    told: Delivery,
    *,
    closes: bool,
    by: User,
    at: datetime,
) -> None:
    is_by_mail = told.channel == DeliveryChannel.EMAIL
    if choice == PartChoice.TOLD and is_by_mail and not part.is_same_client:
        raise PartToBeWritten(number=part.ticket.number)
    ticket = lock_ticket(part.ticket)
    ticket.claim_version(ticket.version)
    if ticket.state in UNSOLVED:
        _solve_with(whole, ticket, told, by=by, at=at)
    if choice == PartChoice.LATER:
        return
    finish_checklist(ticket, ticked=(), by=by, at=at)
    tell_client(
        ticket,
        channel=DeliveryChannel.EMAIL
        if choice == PartChoice.MAIL
        else DeliveryChannel(told.channel),
        text=told.text,
        is_heard_already=choice == PartChoice.TOLD,
        by=by,
        at=at,
    )
    if closes:
        close_locked_ticket(ticket, by=by, at=at)


def _solve_with(whole: Ticket, part: Ticket, told: Delivery, *, by: User, at: datetime) -> None:
    """Tier II solved the whole, and with it the part."""
    note_event(ticket=part, what="solved_with_whole", by=by, at=at, number=whole.number)
    part.solution, part.resolved_at = whole.solution or told.text, at
    move_ticket(part, "resolve", by=by, at=at, is_movement=True, also=("solution", "resolved_at"))
    keep_words(part)
    say_to_jira(part, f"Lahendatud koos piletiga {whole.number}, mille osa see on.", by=by, at=at)


def _numbers(asked: list[Part], chosen: Mapping[int, PartChoice]) -> dict[str, str]:
    named: dict[str, list[str]] = {"told": [], "later": [], "left": []}
    of_choice = {PartChoice.LATER: "later", PartChoice.LEAVE: "left"}
    for part in asked:
        named[of_choice.get(chosen[part.ticket.pk], "told")].append(part.ticket.number)
    return {name: ", ".join(numbers) for name, numbers in named.items()}
