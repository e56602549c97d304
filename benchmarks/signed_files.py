"""Signed files to judge: small and large containers of each profile, and a signed PDF."""

import os
from functools import cache

from benchmarks.subject import Subject
from documents.signatures import Report, TrustList
from documents.signatures.any_file import check_file
from tests.documents.signatures import lists, pki
from tests.documents.signatures.pdfs import signed_pdf
from tests.documents.signatures.xades import Making, container

AT = pki.NOW + 10 * pki.MINUTE


@cache
def trust() -> TrustList:
    return lists.trust()


def containers() -> list[bytes]:
    return [
        container(),
        container(time_mark=True),
        container(archive=True),
        container(Making(), Making(identifier="S1")),
        container(files={"suur.pdf": os.urandom(2_800_000)}),
    ]


def papers() -> list[bytes]:
    return [signed_pdf()]


def judge(content: bytes) -> Report:
    report = check_file(content, name="paper", trust=trust(), at=AT)
    if not report.is_valid:
        raise ValueError(list(report.all_errors()))
    return report


def subjects() -> list[Subject]:
    return [
        Subject("signed container", 15, containers, judge, 200),
        Subject("signed PDF", 200, papers, judge, 30),
    ]
