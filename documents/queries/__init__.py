from documents.queries.access_held import (
    access_held,
    depends_on,
    doubtful,
    expiring,
    held_by_person,
    organisations_with_access,
    rights_to_close,
)
from documents.queries.envelopes import container_to_sign, returns_owed, waiting_for_signature
from documents.queries.missing import (
    SENTENCES,
    SIGNING,
    Missing,
    count_open_cases,
    delegations_in_force,
    what_is_missing,
    with_checks,
)
from documents.queries.wordings import (
    KindOfTemplate,
    TemplateToApprove,
    templates_by_kind,
    templates_to_approve,
)

__all__ = [
    "SENTENCES",
    "SIGNING",
    "KindOfTemplate",
    "Missing",
    "TemplateToApprove",
    "access_held",
    "container_to_sign",
    "count_open_cases",
    "delegations_in_force",
    "depends_on",
    "doubtful",
    "expiring",
    "held_by_person",
    "organisations_with_access",
    "returns_owed",
    "rights_to_close",
    "templates_by_kind",
    "templates_to_approve",
    "waiting_for_signature",
    "what_is_missing",
    "with_checks",
]
