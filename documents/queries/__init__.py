from documents.queries.access_held import (
    access_held,
    depends_on,
    doubtful,
    expiring,
    held_by_person,
    organisations_with_access,
    rights_to_close,
)
from documents.queries.belonging import (
    envelope_of_known_file,
    envelopes_asked_of,
    envelopes_holding,
    files_to_sort,
    open_envelopes,
    signer_answering,
    signer_with_address,
)
from documents.queries.envelopes import (
    container_to_sign,
    returns_owed,
    signed_containers,
    waiting_for_signature,
)
from documents.queries.missing import (
    SENTENCES,
    SIGNING,
    Missing,
    count_open_cases,
    delegations_in_force,
    what_is_missing,
    with_checks,
)
from documents.queries.undelivered import (
    cases_with_undelivered_letters,
    lost_letters_to_tell,
    undelivered_letters,
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
    "cases_with_undelivered_letters",
    "container_to_sign",
    "count_open_cases",
    "delegations_in_force",
    "depends_on",
    "doubtful",
    "envelope_of_known_file",
    "envelopes_asked_of",
    "envelopes_holding",
    "expiring",
    "files_to_sort",
    "held_by_person",
    "lost_letters_to_tell",
    "open_envelopes",
    "organisations_with_access",
    "returns_owed",
    "rights_to_close",
    "signed_containers",
    "signer_answering",
    "signer_with_address",
    "templates_by_kind",
    "templates_to_approve",
    "undelivered_letters",
    "waiting_for_signature",
    "what_is_missing",
    "with_checks",
]
