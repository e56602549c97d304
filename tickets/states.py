"""Where a ticket stands, and where its link to Jira stands: two fields, for they move apart."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from common.states import Move, Moves


class TicketState(TextChoices):
    DRAFT = "draft", _("Being written")
    RAISED = "raised", _("With tier II")
    IN_PROGRESS = "in_progress", _("In progress")
    NEEDS_INFO = "needs_info", _("Tier II asks")
    WAITING_CLIENT = "waiting_client", _("Waiting for the client")
    RESOLVED = "resolved", _("Resolved by tier II, client to be told")
    REJECTED = "rejected", _("Sent back by tier II")
    TOLD = "told", _("Client told")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")
    MERGED = "merged", _("Merged into another")


class LinkState(TextChoices):
    NONE = "none", _("Not in Jira")
    QUEUED = "queued", _("Not yet in Jira")
    LINKED = "linked", _("In Jira")
    FAILED = "failed", _("Jira did not take it")
    DELETED = "deleted", _("Deleted in Jira")
    FORBIDDEN = "forbidden", _("Jira does not show it to us")


# With tier II: somebody there has to do something next.
WITH_TIER2 = frozenset({TicketState.RAISED, TicketState.IN_PROGRESS})
# With us: the responsible person has to do something next.
FOR_RESPONSIBLE = frozenset({TicketState.NEEDS_INFO, TicketState.RESOLVED, TicketState.REJECTED})
# Tier II has turned the ticket back to the responsible person, with a question or for good.
ASKED_BACK = frozenset({TicketState.NEEDS_INFO, TicketState.REJECTED})
OPEN = WITH_TIER2 | FOR_RESPONSIBLE | {TicketState.WAITING_CLIENT, TicketState.TOLD}
OPEN_OR_DRAFT = OPEN | {TicketState.DRAFT}
# The client knows, or never has to: nothing moves until somebody opens the ticket again.
ENDED = frozenset({TicketState.CLOSED, TicketState.CANCELLED, TicketState.MERGED})

_AT_WORK = (TicketState.RAISED, TicketState.IN_PROGRESS)
_UNSOLVED = (*_AT_WORK, TicketState.NEEDS_INFO, TicketState.WAITING_CLIENT)
# The client has been told nothing: it may be merged, or take another in.
UNTOLD = (*_UNSOLVED, TicketState.RESOLVED, TicketState.REJECTED)
# Tier II has it and has not solved it, whoever has to do something next.
UNSOLVED = frozenset(_UNSOLVED)

MOVES = Moves(
    {
        "raise": Move(
            (TicketState.DRAFT, TicketState.REJECTED), TicketState.RAISED, "the responsible person"
        ),
        "begin": Move(
            (TicketState.RAISED, TicketState.NEEDS_INFO), TicketState.IN_PROGRESS, "tier II"
        ),
        "ask": Move(_AT_WORK, TicketState.NEEDS_INFO, "tier II"),
        "answer": Move(
            (TicketState.NEEDS_INFO,), TicketState.IN_PROGRESS, "the responsible person"
        ),
        "wait_for_client": Move(
            (*_AT_WORK, TicketState.NEEDS_INFO),
            TicketState.WAITING_CLIENT,
            "the responsible person",
        ),
        "hear_from_client": Move(
            (TicketState.WAITING_CLIENT,),
            TicketState.IN_PROGRESS,
            "the client's reply, or the responsible person",
        ),
        "resolve": Move(
            _UNSOLVED, TicketState.RESOLVED, "tier II, or the responsible person with the whole"
        ),
        "send_back": Move(_UNSOLVED, TicketState.REJECTED, "tier II"),
        "tell": Move(
            (TicketState.RESOLVED,), TicketState.TOLD, "the responsible person, by a delivery"
        ),
        "lose_letter": Move(
            (TicketState.TOLD, TicketState.CLOSED),
            TicketState.RESOLVED,
            "a letter with the solution that did not arrive",
        ),
        "close": Move(
            (TicketState.TOLD,), TicketState.CLOSED, "the responsible person, or the quiet days"
        ),
        "regroup": Move(
            (*_UNSOLVED, TicketState.REJECTED), TicketState.RAISED, "the responsible person"
        ),
        "reopen": Move(
            (TicketState.RESOLVED, TicketState.TOLD, TicketState.CLOSED),
            TicketState.RAISED,
            "the client's reply, or the responsible person",
        ),
        "cancel": Move(
            (TicketState.DRAFT, *_UNSOLVED, TicketState.REJECTED),
            TicketState.CANCELLED,
            "the responsible person",
        ),
        "merge": Move(UNTOLD, TicketState.MERGED, "the responsible person"),
        # Undone: back to where it stood.
        **{
            f"unmerge_{state}": Move((TicketState.MERGED,), state, "the responsible person")
            for state in UNTOLD
        },
    }
)
LINK_MOVES = Moves(
    {
        "queue": Move(
            (LinkState.NONE, LinkState.FAILED, LinkState.DELETED, LinkState.FORBIDDEN),
            LinkState.QUEUED,
            "raising a ticket of a group that works in Jira, or one click",
        ),
        "create": Move((LinkState.QUEUED, LinkState.FAILED), LinkState.LINKED, "worker"),
        "fail": Move((LinkState.QUEUED,), LinkState.FAILED, "worker"),
        "miss": Move((LinkState.LINKED, LinkState.FORBIDDEN), LinkState.DELETED, "reconcile job"),
        "forbid": Move((LinkState.LINKED,), LinkState.FORBIDDEN, "reconcile job"),
        "find": Move((LinkState.FORBIDDEN, LinkState.DELETED), LinkState.LINKED, "reconcile job"),
        "leave": Move(
            (
                LinkState.QUEUED,
                LinkState.LINKED,
                LinkState.FAILED,
                LinkState.DELETED,
                LinkState.FORBIDDEN,
            ),
            LinkState.NONE,
            "the responsible person, by another group",
        ),
    }
)
DIAGRAMS = {"Ticket": MOVES, "Link to Jira": LINK_MOVES}
