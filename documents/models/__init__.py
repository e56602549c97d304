from documents.models.access_case import AccessCase
from documents.models.agency_delegation import AgencyDelegation
from documents.models.case_event import CaseEvent
from documents.models.paper import Paper
from documents.models.paper_signer import PaperSigner
from documents.models.paper_template import PaperTemplate, TemplateVersion
from documents.models.trusted_list import TrustedList
from documents.models.trusted_list_source import TrustedListSource

__all__ = [
    "AccessCase",
    "AgencyDelegation",
    "CaseEvent",
    "Paper",
    "PaperSigner",
    "PaperTemplate",
    "TemplateVersion",
    "TrustedList",
    "TrustedListSource",
]
