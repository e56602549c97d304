"""What a status of Jira means for the state of a ticket.

Names of statuses are free and differ by project, categories are three and fixed. So the category
decides, unless the project says otherwise of that very name.
"""

from collections.abc import Mapping

# Values of TicketState. Tier II's «done» is not the client's: somebody has still to tell it.
BY_CATEGORY: Mapping[str, str] = {
    "new": "raised",
    "indeterminate": "in_progress",
    "done": "resolved",
}


def state_for(
    status: str,
    category: str,
    *,
    overrides: Mapping[str, str] | None = None,
    by_category: Mapping[str, str] = BY_CATEGORY,
) -> str | None:
    """The state that the status means; None where neither name nor category say anything."""
    named = {_plain(name): state for name, state in (overrides or {}).items()}
    found = named.get(_plain(status)) or by_category.get(category)
    return found or None


def _plain(name: str) -> str:
    """Names as people type them: letters and spaces may differ."""
    return " ".join(name.casefold().split())
