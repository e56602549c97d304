from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.actions import take_number
from common.refusals import Refusal
from tickets.actions.begin_checklist import begin_checklists
from tickets.actions.inquiry_of_ticket import pass_inquiry_to_tier2
from tickets.actions.keep_words import keep_words
from tickets.actions.lock_ticket import lock_ticket
from tickets.actions.move_ticket import move_ticket
from tickets.actions.owe_jira import link_to_jira
from tickets.completeness_of import Lacking, fill_found_facts, what_ticket_lacks
from tickets.models import Ticket


class TicketIncomplete(Refusal):
    """Tier II could not work with it yet; `lacking` names each thing at its field."""

    code = "ticket_incomplete"
    sentence = _("Not raised yet: %(count)s things are lacking.")

    def __init__(self, lacking: list[Lacking]) -> None:
        super().__init__(count=len(lacking))
        self.lacking = lacking


def raise_ticket(*, ticket: Ticket, version: int, by: User, at: datetime) -> Ticket:
    """Hand a ticket to tier II.

    1. Facts that stand in the text already are put into their fields. Judge whether it is correct, understandable
       and has sufficient known data; name what is lacking.
    2. Give it its number. Whoever raises it first stays responsible until the client knows the solution.
    3. What the group goes through by itself stands on it as a checklist.
    4. If the group works in Jira, an issue is owed there from here on; otherwise it stands on the group's
       own list.

    Raises TicketIncomplete, MoveNotAllowed, StaleSave; then it stays as it was.
    """
    with transaction.atomic():
        ticket = lock_ticket(ticket)
        fill_found_facts(ticket)
        lacking = what_ticket_lacks(ticket)
        group = ticket.group
        if lacking or group is None:
            raise TicketIncomplete(lacking)
        ticket.claim_version(version)
        is_new = not ticket.number
        if is_new:
            ticket.number = take_number(series="KLT", at=at)
            ticket.raised_at = at
        ticket.word_at = None
        move_ticket(
            ticket,
            "raise",
            by=by,
            at=at,
            also=("number", "raised_at", "facts"),
            group=group.code,
            urgency=ticket.urgency,
        )
        if is_new:
            begin_checklists(ticket)
        keep_words(ticket)
        link_to_jira(ticket, at=at)
        pass_inquiry_to_tier2(ticket, by=by, at=at)
    return ticket
