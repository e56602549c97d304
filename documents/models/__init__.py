from documents.models.access import Access, AccessDoubt
from documents.models.access_case import AccessCase
from documents.models.agency_delegation import AgencyDelegation
from documents.models.case_event import CaseEvent
from documents.models.envelope import Envelope, EnvelopeSigner
from documents.models.paper import Paper, ToldHow
from documents.models.paper_content import PaperContent
from documents.models.paper_signer import PaperSigner
from documents.models.paper_template import PaperTemplate, TemplateVersion
from documents.models.report_paper import ReportPaper
from documents.models.returned_file import CameBy, ReturnedFile
from documents.models.trusted_list import TrustedList
from documents.models.trusted_list_source import TrustedListSource
from documents.models.unsorted_file import UnsortedFile

__all__ = [
    "Access",
    "AccessCase",
    "AccessDoubt",
    "AgencyDelegation",
    "CameBy",
    "CaseEvent",
    "Envelope",
    "EnvelopeSigner",
    "Paper",
    "PaperContent",
    "PaperSigner",
    "PaperTemplate",
    "ReportPaper",
    "ReturnedFile",
    "TemplateVersion",
    "ToldHow",
    "TrustedList",
    "TrustedListSource",
    "UnsortedFile",
]
