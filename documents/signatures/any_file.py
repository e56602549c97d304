"""A signed file of either kind, told apart by its content. Only the worker imports this module."""

import datetime as dt

from documents.signatures.check import check_container
from documents.signatures.pdf import check_pdf
from documents.signatures.policy import DEFAULT, Policy
from documents.signatures.report import Report
from documents.signatures.trust import TrustList


def check_file(
    content: bytes, *, name: str, trust: TrustList, at: dt.datetime, policy: Policy = DEFAULT
) -> Report:
    check = check_pdf if content.startswith(b"%PDF-") else check_container
    return check(content, name=name, trust=trust, at=at, policy=policy)
