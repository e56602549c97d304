"""Digitally signed containers judged strictly (ETSI EN 319 102-1); plain Python, no Django.

`check_container` is the whole of it for containers; signed PDF is in `documents.signatures.pdf`,
which only the worker imports. What we do where implementations differ: docs/signature-policy.md.
"""

from documents.signatures.check import check_container
from documents.signatures.codes import CLAUSES, Code
from documents.signatures.policy import DEFAULT, Policy
from documents.signatures.report import (
    DataFile,
    Finding,
    Level,
    Means,
    Profile,
    Report,
    SignatureReport,
    Verdict,
    refusal,
)
from documents.signatures.trust import TrustList, joined
from documents.signatures.trust_reader import ListUnreadable, read_trust_list

__all__ = [
    "CLAUSES",
    "DEFAULT",
    "Code",
    "DataFile",
    "Finding",
    "Level",
    "ListUnreadable",
    "Means",
    "Policy",
    "Profile",
    "Report",
    "SignatureReport",
    "TrustList",
    "Verdict",
    "check_container",
    "joined",
    "read_trust_list",
    "refusal",
]
