"""Tables that people keep in files: separated text in any encoding, and workbooks (XLSX)."""

import codecs
import zipfile

from common.file_types.kinds import ContentNotAccepted
from common.file_types.zips import CHUNK, check_zip, opened

CONTROLS = frozenset(range(32)) - {9, 10, 11, 12, 13}  # 11 is a line end inside a cell of Excel
UTF16 = ("utf-16-le", "utf-16-be")
WORKBOOK_PARTS = frozenset({"[Content_Types].xml", "xl/workbook.xml"})
PROGRAMS = ("vbaproject", "activex", "macrosheets", "oleobject", "embeddings/")


def utf16_of(content: bytes) -> str:
    """Return the encoding of text whose letters take two bytes, or an empty text for all other."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16" if _decodes(content, "utf-16") else ""
    sample = content[:4_000]
    halves = sample[::2].count(0), sample[1::2].count(0)
    if max(halves) * 5 < len(sample) // 2 or min(halves) * 20 > max(halves):
        return ""
    found = UTF16[0] if halves[1] > halves[0] else UTF16[1]
    return found if _decodes(content, found) else ""


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return not any(ord(letter) in CONTROLS for letter in set(text))


def is_text(content: bytes) -> bool:
    """Say whether it may be read as text; which encoding it is, only its reader can tell."""
    return bool(utf16_of(content)) or not CONTROLS.intersection(content)


def check_text(content: bytes) -> None:
    if not is_text(content):
        raise ContentNotAccepted("not text")


def is_workbook(content: bytes) -> bool:
    try:
        with opened(content) as archive:
            return set(archive.namelist()) >= WORKBOOK_PARTS
    except ContentNotAccepted:
        return False


def check_workbook(content: bytes) -> None:
    """A whole archive without programs, and without declarations by which XML unpacks itself.

    Raises ContentNotAccepted.
    """
    check_zip(content)
    with opened(content) as archive:
        for entry in archive.infolist():
            if any(word in entry.filename.lower() for word in PROGRAMS):
                raise ContentNotAccepted("a workbook with programs in it", is_dangerous=True)
            if entry.filename.endswith((".xml", ".rels")):
                _check_xml(archive, entry)


def _check_xml(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Office programs write UTF-8 and never declare a type or an entity."""
    with archive.open(entry) as part:
        before = b""
        while read := part.read(CHUNK):
            if b"\0" in read or b"<!DOCTYPE" in before + read or b"<!ENTITY" in before + read:
                raise ContentNotAccepted("XML that declares entities", is_dangerous=True)
            before = read[-10:]
