import os

import pytest

from documents.gateways.signature_checker import check_signed_file
from documents.signatures import Code, Verdict
from documents.signatures.any_file import check_file
from tests.documents.signatures import lists, pki
from tests.documents.signatures.pdfs import signed_pdf
from tests.documents.signatures.xades import container

AT = pki.NOW + 10 * pki.MINUTE


def judge(content, **limits):
    return check_signed_file(
        content, name="paper", trust_list=lists.list_xml(*lists.usual()), at=AT, **limits
    )


@pytest.mark.parametrize("make", [container, signed_pdf, lambda: b"junk", lambda: b"%PDF-junk"])
def test_another_process_says_the_same_as_this_one(make):
    content = make()

    assert judge(content) == check_file(content, name="paper", trust=lists.trust(), at=AT)


def test_a_file_that_takes_too_long_is_given_up():
    assert judge(container(), seconds=0.01).codes() == {Code.TOO_SLOW}


def test_a_file_that_needs_too_much_memory_is_refused():
    big = container(files={"big.bin": os.urandom(90_000_000)})

    assert judge(big, megabytes=250).codes() == {Code.TOO_COSTLY}


def test_twenty_megabytes_are_judged_within_the_limits():
    report = judge(container(files={"big.bin": os.urandom(20_000_000)}))

    assert report.verdict == Verdict.VALID, report
