"""Whether a ticket is correct, understandable and has sufficient known data (duty 3.1.7). No Django here."""

from tickets.completeness.check import (
    Lack,
    Need,
    TicketText,
    what_is_lacking,
    with_found_facts,
)

__all__ = ["Lack", "Need", "TicketText", "what_is_lacking", "with_found_facts"]
