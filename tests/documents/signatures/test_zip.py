"""What can be done to the ZIP itself; each refused with its own code."""

import io
import struct
import zipfile

import pytest

from documents.signatures import Code, Policy, Verdict, check_container
from tests.documents.signatures import lists, pki
from tests.documents.signatures.judging import codes, judge
from tests.documents.signatures.xades import ASICE, FILES, entries_of, manifest, zipped

NAME = next(iter(FILES))


@pytest.fixture(scope="module")
def entries():
    return entries_of()


def changed(entries, **contents):
    """Return the container with some entries' bytes replaced; None takes one out."""
    named = {key.replace("__", "/").replace("_", "."): value for key, value in contents.items()}
    return zipped(
        [(n, named.get(n, c)) for n, c in entries if not (n in named and named[n] is None)]
    )


def test_junk_before_the_first_entry(entries):
    assert codes(b"#!/bin/sh\n" + zipped(entries)) == {Code.NOT_A_CONTAINER}


def test_junk_that_looks_like_an_entry_before_the_first(entries):
    content = zipped(entries)

    assert codes(content[:40] + content) == {Code.ZIP_GAP}


def test_bytes_behind_the_end(entries):
    assert codes(zipped(entries) + b"trailing") == {Code.ZIP_GAP}


def test_a_second_archive_behind(entries):
    assert codes(zipped(entries) + zipped(entries)) == {Code.ZIP_GAP}


def test_a_second_archive_whose_offsets_fit(entries):
    """As `zip -A` makes them: the second directory is right for the whole file."""
    buffer = io.BytesIO(zipped(entries))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("late.txt", b"x")
    hidden = zipped(entries) + buffer.getvalue()[len(zipped(entries)) :]

    assert codes(hidden) <= {Code.ZIP_GAP, Code.ZIP_BROKEN}
    assert judge(hidden).verdict == Verdict.INVALID


def test_a_zip_among_the_data_files_is_no_second_archive():
    inner = zipped([("a.txt", b"a")], stored=("a.txt",))

    content = zipped(entries_of(files={"inner.zip": inner}), stored=("mimetype", "inner.zip"))

    assert judge(content).verdict == Verdict.VALID


def test_a_gap_between_entries(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name), content)
            buffer.write(b"hidden")
            archive.start_dir = buffer.tell()

    assert codes(buffer.getvalue()) == {Code.ZIP_GAP}


def test_local_header_that_names_another_file(entries):
    content = zipped(entries)
    at = content.index(NAME.encode())

    assert codes(content[:at] + b"X" + content[at + 1 :]) == {Code.ZIP_BROKEN}


def test_an_encrypted_entry(entries):
    content = bytearray(zipped(entries))
    at = content.rindex(b"PK\x01\x02")
    content[at + 8] |= 1

    assert codes(bytes(content)) == {Code.ZIP_ENCRYPTED}


def test_a_method_that_we_do_not_unpack(entries):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ASICE)
        archive.writestr(zipfile.ZipInfo("a.txt"), b"x" * 100, zipfile.ZIP_BZIP2)

    assert codes(buffer.getvalue()) == {Code.ZIP_METHOD}


def test_a_bomb_is_not_unpacked(entries):
    content = zipped([*entries, ("bomb.bin", bytes(40_000_000))])

    assert codes(content) == {Code.ZIP_BOMB}


def test_an_entry_that_unpacks_to_more_than_it_says(entries):
    content = bytearray(zipped([*entries, ("big.bin", bytes(90_000))]))
    for marker, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.rindex(marker)
        content[at + place : at + place + 4] = struct.pack("<I", 10)

    assert codes(bytes(content)) == {Code.ZIP_BROKEN}


@pytest.mark.parametrize(
    ("policy", "code"),
    [
        (Policy(max_file_bytes=100), Code.TOO_LARGE),
        (Policy(max_entries=2), Code.ZIP_BOMB),
        (Policy(max_entry_bytes=10), Code.ZIP_BOMB),
        (Policy(max_total_bytes=50), Code.ZIP_BOMB),
        (Policy(max_signatures=0), Code.TOO_LARGE),
        (Policy(max_xml_bytes=50), Code.TOO_LARGE),
    ],
)
def test_each_limit_holds(entries, policy, code):
    assert code in codes(zipped(entries), policy=policy)


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"%PDF-"]
)
def test_what_is_no_container(content):
    report = check_container(content, name="x", trust=lists.trust(), at=pki.NOW)

    assert report.verdict == Verdict.INVALID
    assert report.codes() <= {Code.NOT_A_CONTAINER, Code.ZIP_BROKEN}


def test_manifest_that_does_not_tell_of_the_whole(entries):
    whole = f'<m:file-entry m:full-path="/" m:media-type="{ASICE}"/>'.encode()
    content = manifest(FILES).replace(whole, b"")

    found = codes(zipped([(n, content if "manifest" in n else c) for n, c in entries]))

    assert found == {Code.MANIFEST_DIFFERS}


def test_an_archive_comment_is_no_gap(entries):
    buffer = io.BytesIO(zipped(entries))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.comment = b"LIB DigiDoc4j"

    assert judge(buffer.getvalue()).verdict == Verdict.VALID


def test_entries_written_as_a_stream_are_read(entries):
    """Sizes that are told behind the entry, as Java writes them."""

    class Stream(io.RawIOBase):
        def __init__(self):
            self.written = bytearray()

        def writable(self):
            return True

        def write(self, content):
            self.written += content
            return len(content)

    stream = Stream()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in entries:
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), content, kind)

    assert judge(bytes(stream.written)).verdict == Verdict.VALID
