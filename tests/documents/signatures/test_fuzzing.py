"""Spoiled files: no crash, no hang, no file written, no connection, and nothing accepted that differs.

Short here; FUZZ_EXAMPLES=5000 makes it long, and `benchmarks/fuzz_signatures.py` (atheris) goes on
by coverage.
"""

import base64
import builtins
import functools
import io
import os
import re
import socket
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from documents.signatures import DEFAULT, Code, Verdict
from documents.signatures.any_file import check_file
from documents.signatures.zip_reader import read_archive
from tests.documents.signatures import lists, pki
from tests.documents.signatures.judging import AT, judge
from tests.documents.signatures.pdfs import signed_pdf
from tests.documents.signatures.xades import NS, container, entries_of, zipped

SHORT = settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "40")),
    deadline=None,  # other processes lengthen it; see check()
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# (where, as a share of the whole; how many bytes to take out; what to put in)
edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 8), st.binary(max_size=8)), min_size=1, max_size=4
)


@functools.cache
def good():
    return container()


@functools.cache
def entries():
    return entries_of(archive=True)


@functools.cache
def paper():
    return signed_pdf()


@functools.cache
def trust():
    return lists.trust()


def spoiled(content, changes):
    for share, taken, put in changes:
        at = int(share * len(content))
        content = content[:at] + put + content[at + taken :]
    return content


@pytest.fixture(autouse=True)
def walled_in(monkeypatch):
    """Neither a file opened for writing nor a socket."""
    opened = builtins.open

    def only_reading(file, mode="r", *arguments, **options):
        assert not set(mode) & set("wax+"), file
        return opened(file, mode, *arguments, **options)

    def no_socket(*arguments, **options):
        raise AssertionError("a connection")

    monkeypatch.setattr(builtins, "open", only_reading)
    monkeypatch.setattr(socket, "create_connection", no_socket)
    monkeypatch.setattr(socket, "getaddrinfo", no_socket)


def check(content, name="fuzzed"):
    began = time.process_time()

    report = check_file(content, name=name, trust=trust(), at=AT)

    assert time.process_time() - began < 5  # a hang is a failure
    assert Code.UNREADABLE not in report.codes(), list(report.all_errors())
    return report


def hashes(report):
    return sorted((file.name, file.sha256) for file in report.data_files)


@SHORT
@given(edits)
def test_a_spoiled_container_is_never_another_valid_one(changes):
    report = check(spoiled(good(), changes))

    if report.verdict == Verdict.VALID:  # a date in the ZIP, say
        assert hashes(report) == hashes(judge(good()))


@SHORT
@given(st.binary(max_size=2_000))
def test_any_bytes_are_refused(content):
    for beginning in (b"", b"PK\x03\x04", b"%PDF-1.7\n"):
        assert check(beginning + content).verdict == Verdict.INVALID


@SHORT
@given(edits, st.sampled_from(["META-INF/manifest.xml", "META-INF/signatures0.xml"]))
def test_spoiled_xml_is_refused_or_says_the_same(changes, name):
    content = zipped([(n, spoiled(c, changes) if n == name else c) for n, c in entries()])

    report = check(content)

    if report.verdict == Verdict.VALID:
        assert hashes(report) == hashes(judge(good()))
        assert report.signatures[0].signed_at == pki.NOW


@SHORT
@given(edits, st.integers(0, 4))
def test_spoiled_evidence_is_refused_or_says_the_same(changes, which):
    root = etree.fromstring(entries()[-1][1])
    names = ("SignatureTimeStamp", "RevocationValues", "ArchiveTimeStamp", "X509", "SignatureValue")
    element = evidence(root, names[which])
    element.text = base64.b64encode(spoiled(base64.b64decode(element.text), changes)).decode()

    report = check(zipped([*entries()[:-1], (entries()[-1][0], etree.tostring(root))]))

    if report.verdict == Verdict.VALID:
        assert report.signatures[0].signed_at == pki.NOW
        assert report.signatures[0].personal_code == "47101010033"


def evidence(root, name):
    if name == "RevocationValues":
        return root.find(".//x:EncapsulatedOCSPValue", NS)
    if name in ("X509", "SignatureValue"):
        return root.find(f".//ds:{'X509Certificate' if name == 'X509' else name}", NS)
    prefix = "x141" if name == "ArchiveTimeStamp" else "x"
    return root.find(f".//{prefix}:{name}/x:EncapsulatedTimeStamp", NS)


@SHORT
@given(edits)
def test_a_spoiled_pdf_is_never_another_valid_one(changes):
    content = spoiled(paper(), changes)

    report = check(content)

    if report.verdict == Verdict.VALID:  # the evidence behind the signature is not signed
        end = sum(
            int(one) for one in re.search(rb"ByteRange \[\d+ \d+ (\d+) (\d+)", paper()).groups()
        )
        assert content[:end] == paper()[:end]


@SHORT
@given(edits)
def test_the_archive_reader_gives_back_what_it_covers_or_refuses(changes):
    content = spoiled(good(), changes)
    report = check(content)
    if report.verdict == Verdict.VALID:
        archive = read_archive(content, DEFAULT)
        again = zipped([(entry.name, archive.read(entry)) for entry in archive.entries])
        assert judge(again).verdict == Verdict.VALID
    assert io.BytesIO(content).read() == content
