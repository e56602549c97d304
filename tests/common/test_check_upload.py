import io
import struct
import zipfile
import zlib
from contextlib import suppress

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from common.file_types import ASICE, JPEG, PDF, PNG, ZIP, ContentNotAccepted
from common.file_types.images import check_jpeg, check_png
from common.file_types.zips import check_zip
from common.uploads import (
    EXTENSIONS,
    CheckedUpload,
    UploadBroken,
    UploadDangerous,
    UploadEmpty,
    UploadNameMisleads,
    UploadOfWrongType,
    UploadRefused,
    UploadTooLarge,
    check_upload,
)

ALL = (PDF, PNG, JPEG, ASICE, ZIP)
PDF_FILE = b"%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
JPEG_FILE = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00\xff\xd9"
)


def png(width=1, height=1):
    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def archive(*entries, **options):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", **options) as target:
        for name, body in entries:
            target.writestr(name, body)
    return content.getvalue()


def container():
    return archive(
        ("mimetype", ASICE), ("paper.pdf", PDF_FILE), ("META-INF/signatures0.xml", "<x/>")
    )


def check(content, name="", allowed=ALL):
    return check_upload(SimpleUploadedFile(name or "file", content), allowed=allowed)


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (PDF_FILE, "leping.pdf", PDF),
        (png(), "pilt.PNG", PNG),
        (JPEG_FILE, "pilt.jpeg", JPEG),
        (container(), "leping.asice", ASICE),
        (archive(("a.txt", "a")), "a.zip", ZIP),
    ],
)
def test_whole_file_of_each_kind_comes_in(content, name, content_type):
    checked = check(content, name)

    assert (checked.name, checked.content_type, checked.size) == (name, content_type, len(content))
    assert len(checked.sha256) == 64


def test_empty_file_is_refused():
    with pytest.raises(UploadEmpty):
        check(b"")


def test_file_over_the_limit_is_refused_without_reading_it_all(settings):
    settings.UPLOAD_MAX_BYTES = 1_000_000
    file = io.BytesIO(b"%PDF-" + b"x" * 3_000_000)

    with pytest.raises(UploadTooLarge, match="1"):
        check_upload(file, allowed=ALL)
    assert file.tell() == 1_000_001


@pytest.mark.parametrize("content", [b"MZ\x90\x00" + b"\x00" * 99, b"<svg onload=x>", b"GIF89a"])
def test_content_decides_whatever_the_name_says(content):
    with pytest.raises(UploadOfWrongType):
        check(content, "leping.pdf")


def test_program_called_by_a_double_name_is_refused():
    with pytest.raises(UploadNameMisleads):
        check(PDF_FILE, "leping.pdf.exe")


def test_archive_is_no_container_of_signatures():
    with pytest.raises(UploadOfWrongType):
        check(archive(("a.txt", "a")), "leping.asice", allowed=(ASICE,))


@pytest.mark.parametrize("content", [PDF_FILE[:20], png()[:-8], JPEG_FILE[:-2], container()[:-30]])
def test_file_cut_short_is_refused(content):
    with pytest.raises((UploadBroken, UploadOfWrongType)):
        check(content)


def test_archive_with_a_damaged_entry_is_refused():
    content = archive(("a.txt", "all is well"))

    with pytest.raises(UploadBroken):
        check(content.replace(b"all is well", b"all is hell"))


@pytest.mark.parametrize(
    "name", ["../etc/passwd", "/etc/passwd", "a/../../b", "..\\windows\\a.dll"]
)
def test_archive_whose_entries_lead_out_is_refused(name):
    with pytest.raises(UploadDangerous):
        check(archive((name, "x")), "a.zip")


def test_archive_with_a_link_is_refused():
    link = zipfile.ZipInfo("link")
    link.external_attr = 0o120777 << 16

    with pytest.raises(UploadDangerous):
        check(archive((link, "/etc/passwd")), "a.zip")


def test_bomb_is_refused():
    bomb = archive(("zeros", b"\0" * 30_000_000), compression=zipfile.ZIP_DEFLATED)

    with pytest.raises(UploadDangerous):
        check(bomb, "a.zip")


def test_archive_that_lies_about_its_size_unpacks_no_further_than_it_said():
    bomb = archive(("zeros", b"\0" * 30_000_000), compression=zipfile.ZIP_DEFLATED)
    lying = bomb.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 900_000))

    with pytest.raises(UploadBroken):
        check(lying, "a.zip")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize("first", ["a", "mimetype", "xl/workbook.xml"])
def test_archive_packed_in_a_way_that_unpacks_without_bound_is_not_unpacked(
    method, first, monkeypatch
):
    """A lie about the size does not stop Python here: 565 bytes took a gigabyte of memory."""
    entries = ((first, ASICE), ("[Content_Types].xml", "<a/>"))
    content = archive(*entries, compression=method)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_, **__: pytest.fail("was unpacked"))

    with pytest.raises(UploadDangerous):
        check(content, "a.zip", allowed=EXTENSIONS)


def test_document_whose_kind_is_damaged_is_refused():
    """What an archive says it is, is packed; the damage is met before the entries are checked."""
    content = bytearray(archive(("mimetype", "a" * 90), compression=zipfile.ZIP_DEFLATED))
    content[38:41] = b"\xff\xff\xff"

    with pytest.raises(UploadBroken):
        check(bytes(content), "a.odt", allowed=EXTENSIONS)


def test_list_of_countless_entries_is_not_even_read(monkeypatch):
    content = archive(*((f"{n}", "") for n in range(10_001)))
    monkeypatch.setattr(zipfile, "ZipFile", lambda *_: pytest.fail("the list was read"))

    with pytest.raises(UploadDangerous):
        check(content, "a.zip", allowed=EXTENSIONS)


def test_archive_of_countless_entries_is_refused():
    with pytest.raises(UploadDangerous):
        check(archive(*((f"{n}", "") for n in range(1_001))), "a.zip")


def test_archive_whose_entries_share_their_bytes_is_refused():
    content = archive(("a", "same bytes"))
    start = content.index(b"PK\x01\x02")
    directory, end = content[start:-22], content[-22:]
    second = directory.replace(b"a", b"b")
    twice = content[:start] + directory + second
    tail = end[:8] + struct.pack("<HHII", 2, 2, len(directory + second), start) + end[20:]

    with pytest.raises((UploadDangerous, UploadBroken)):
        check(twice + tail, "a.zip")


def test_picture_of_endless_size_is_refused():
    with pytest.raises(UploadDangerous):
        check(png(60_000, 60_000), "a.png")


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("../../etc/leping.pdf", "leping.pdf"),
        ("C:\\Users\\Mari\\leping.pdf", "leping.pdf"),
        ("leping\x00\r\n.pdf", "leping.pdf"),
        ("gpj\u202efdp.pdf", "gpjfdp.pdf"),
        ("con.pdf", "_con.pdf"),
        (".pdf", "pdf.pdf"),
        ("Leping 12.2026", "Leping 12.2026.pdf"),
        ("õ" * 300 + ".pdf", "õ" * 116 + ".pdf"),
        ("Kasutusleping (allkirjadega).pdf", "Kasutusleping (allkirjadega).pdf"),
        ("договор.pdf", "договор.pdf"),
        ("leping", "leping.pdf"),
        ("", "_.pdf"),
        ("leping 12. märts", "leping 12. märts.pdf"),
    ],
)
def test_name_is_made_harmless_and_stays_readable(given_name, name):
    file = io.BytesIO(PDF_FILE)
    file.name = given_name

    assert check_upload(file, allowed=(PDF,)).name == name


@given(st.sampled_from([PDF_FILE, png(), JPEG_FILE, container()]), st.data())
@settings(max_examples=300, deadline=None)
def test_no_damage_makes_the_gate_fall_over(content, data):
    damaged = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    damaged = bytes(damaged[: data.draw(st.integers(1, len(damaged)))])

    try:
        checked = check(damaged)
    except UploadRefused:
        return
    assert isinstance(checked, CheckedUpload)


@given(st.binary(max_size=400), st.sampled_from([check_png, check_jpeg, check_zip]))
@settings(max_examples=200, deadline=None)
def test_readers_of_hostile_bytes_only_refuse(content, reader):
    with suppress(ContentNotAccepted):
        reader(content)
