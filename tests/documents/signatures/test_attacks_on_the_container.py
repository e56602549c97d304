"""What can be done to the ZIP and to the files in it; each refused with its own code."""

import pytest

from documents.signatures import Code, Verdict
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


def test_the_untouched_container_is_valid(entries):
    assert judge(zipped(entries)).verdict == Verdict.VALID


@pytest.mark.parametrize("place", [0, 5, -1])
def test_a_data_file_changed_by_one_bit(entries, place):
    content = bytearray(FILES[NAME])
    content[place] ^= 1

    assert codes(changed(entries, leping_pdf=bytes(content))) == {Code.DATA_FILE_CHANGED}


def test_a_data_file_longer_by_one_byte(entries):
    assert codes(changed(entries, leping_pdf=FILES[NAME] + b"\n")) == {Code.DATA_FILE_CHANGED}


def test_an_unsigned_file_added(entries):
    found = codes(zipped([*entries, ("lisa2.pdf", b"more")]))

    assert found == {Code.MANIFEST_DIFFERS, Code.DATA_FILE_NOT_SIGNED}


def test_an_unsigned_file_added_to_the_manifest_too(entries):
    content = manifest([*FILES, "lisa2.pdf"])

    found = codes(
        zipped([*((n, content if "manifest" in n else c) for n, c in entries), ("lisa2.pdf", b"x")])
    )

    assert found == {Code.DATA_FILE_NOT_SIGNED}


def test_a_data_file_removed(entries):
    found = codes(changed(entries, leping_pdf=None))

    assert found == {Code.MANIFEST_DIFFERS, Code.DATA_FILE_MISSING}


def test_a_data_file_renamed(entries):
    renamed = [("other.pdf" if name == NAME else name, content) for name, content in entries]

    assert {Code.DATA_FILE_MISSING, Code.DATA_FILE_NOT_SIGNED} <= codes(zipped(renamed))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("first", [True, False])
def test_a_second_entry_of_the_same_name(entries, first):
    place = 1 if first else len(entries)

    content = zipped([*entries[:place], (NAME, b"%PDF-1.4 another"), *entries[place:]])

    assert codes(content) == {Code.DUPLICATE_NAME}


def test_names_that_differ_only_in_case(entries):
    assert codes(zipped([*entries, (NAME.upper(), b"x")])) == {Code.DUPLICATE_NAME}


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "a/../../evil.txt", "/etc/evil", "C:/evil.txt", "a\\evil.txt", "a//b", "e\x01"],
)
def test_a_name_that_leads_out_of_the_folder(entries, name):
    assert codes(zipped([*entries, (name, b"x")])) == {Code.UNSAFE_NAME}


def test_a_folder_named_nearly_like_meta_inf(entries):
    assert codes(zipped([*entries, ("meta-inf/x.xml", b"x")])) == {Code.UNSAFE_NAME}


def test_mimetype_missing(entries):
    assert codes(changed(entries, mimetype=None)) == {Code.MIMETYPE_MISSING}


@pytest.mark.parametrize(
    "content", [ASICE.encode() + b"\n", b"application/zip", "\ufeff".encode() + ASICE.encode(), b""]
)
def test_mimetype_wrong(entries, content):
    assert codes(changed(entries, mimetype=content)) == {Code.MIMETYPE_WRONG}


def test_mimetype_not_first(entries):
    assert codes(zipped([*entries[1:], entries[0]])) == {Code.MIMETYPE_NOT_FIRST}


def test_mimetype_compressed(entries):
    assert codes(zipped(entries, stored=())) == {Code.MIMETYPE_COMPRESSED}


def test_no_signature_at_all(entries):
    found = codes(zipped([one for one in entries if "signatures" not in one[0]]))

    assert found == {Code.NO_SIGNATURES}


def test_no_data_files():
    assert Code.NO_DATA_FILES in codes(zipped(entries_of(files={})))


def test_an_empty_signature_file_added(entries):
    empty = b'<a:XAdESSignatures xmlns:a="http://uri.etsi.org/02918/v1.2.1#"/>'

    assert codes(zipped([*entries, ("META-INF/signatures9.xml", empty)])) == {Code.NO_SIGNATURES}


@pytest.mark.parametrize(
    "name",
    [
        "ASiCManifest001.xml",
        "signature001.p7s",
        "timestamp.tst",
        "a/signatures0.xml",
        "Signatures7.XML",
    ],
)
def test_a_signature_of_a_kind_that_we_do_not_judge(entries, name):
    found = codes(zipped([*entries, (f"META-INF/{name}", b"x")]))

    assert found == {Code.UNSUPPORTED_SIGNATURE}


def test_something_else_in_meta_inf_is_told(entries):
    report = judge(zipped([*entries, ("META-INF/notes.txt", b"x")]))

    assert report.verdict == Verdict.VALID
    assert [finding.code for finding in report.warnings] == [Code.UNKNOWN_META_INF]


def test_manifest_missing(entries):
    assert Code.MANIFEST_MISSING in codes(
        zipped([one for one in entries if one[0][:10] != "META-INF/m"])
    )


def test_media_type_changed_in_the_manifest(entries):
    content = manifest(FILES, "text/html")

    found = codes(zipped([(n, content if "manifest" in n else c) for n, c in entries]))

    assert found == {Code.MEDIA_TYPE_DIFFERS}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<broken", Code.MANIFEST_BROKEN),
        (b'<!DOCTYPE x SYSTEM "http://example.ee/x"><x/>', Code.MANIFEST_BROKEN),
        (manifest([*FILES, NAME]), Code.MANIFEST_DIFFERS),
        (manifest(FILES).replace(ASICE.encode(), b"application/zip"), Code.MANIFEST_DIFFERS),
    ],
)
def test_manifest_broken_or_other(entries, content, code):
    found = codes(zipped([(n, content if "manifest" in n else c) for n, c in entries]))

    assert code in found
