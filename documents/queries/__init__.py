from documents.queries.envelopes import container_to_sign, returns_owed, waiting_for_signature
from documents.queries.missing import (
    SENTENCES,
    SIGNING,
    Missing,
    TemplateToApprove,
    count_open_cases,
    delegations_in_force,
    templates_to_approve,
    what_is_missing,
    with_checks,
)

__all__ = [
    "SENTENCES",
    "SIGNING",
    "Missing",
    "TemplateToApprove",
    "container_to_sign",
    "count_open_cases",
    "delegations_in_force",
    "returns_owed",
    "templates_to_approve",
    "waiting_for_signature",
    "what_is_missing",
    "with_checks",
]
