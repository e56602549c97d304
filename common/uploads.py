"""The gate through which every uploaded file comes in: by its content, never by its word."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import puremagic
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from common.file_names import extension_of, safe_name
from common.file_types import (
    ASICE,
    CSV,
    DOCX,
    JPEG,
    ODS,
    ODT,
    PDF,
    PNG,
    TEXT,
    XLSX,
    ZIP,
    ContentNotAccepted,
    asice,
    images,
    office,
    tables,
    text,
    zips,
)
from common.refusals import Refusal

EXTENSIONS: dict[str, tuple[str, ...]] = {
    PDF: ("pdf",),
    PNG: ("png",),
    JPEG: ("jpg", "jpeg"),
    ASICE: ("asice", "sce", "bdoc"),
    ZIP: ("zip",),
    XLSX: ("xlsx",),
    CSV: ("csv", "txt", "tsv"),
    DOCX: ("docx",),
    ODT: ("odt",),
    ODS: ("ods",),
    TEXT: ("txt", "csv"),
}


class UploadRefused(Refusal):
    """The file is not one of those that may come in here."""

    code = "upload_refused"
    sentence = _("This file cannot be accepted.")


class UploadEmpty(UploadRefused):
    code = "upload_empty"
    sentence = _("The file is empty.")


class UploadTooLarge(UploadRefused):
    code = "upload_too_large"
    sentence = _("The file is too large: at most %(megabytes)s MB are accepted.")


class UploadOfWrongType(UploadRefused):
    code = "upload_of_wrong_type"
    sentence = _("By its content this is %(found)s, and here only %(allowed)s is accepted.")


class UploadNameMisleads(UploadRefused):
    code = "upload_name_misleads"
    sentence = _("The file's name says “%(extension)s”, but its content is %(found)s.")


class UploadBroken(UploadRefused):
    code = "upload_broken"
    sentence = _("The file is broken or was not uploaded to its end. Try again with a whole file.")


class UploadDangerous(UploadRefused):
    code = "upload_dangerous"
    sentence = _("The file could do harm when it is opened, so it is not accepted.")


@dataclass(frozen=True)
class CheckedUpload:
    """A file that passed the gate."""

    name: str
    content_type: str
    content: bytes
    sha256: str

    @property
    def size(self) -> int:
        return len(self.content)


def check_upload(file: Any, *, allowed: Collection[str]) -> CheckedUpload:
    """Let a file in, or say why not.

    1. Not empty, and not longer than the settings allow.
    2. Its content is of an allowed type (see `common.file_types`), whole, and no bomb.
    3. Its name says nothing else, and is made harmless.

    Raises UploadRefused.
    """
    content = _read(file)
    found = content_type(content)
    if found == ZIP and XLSX in allowed and tables.is_workbook(content):
        found = XLSX
    is_plain = found not in EXTENSIONS or found == TEXT
    if is_plain and CSV in allowed and tables.is_text(content):
        found = CSV  # text has no beginning to tell it by, and some texts begin like other things
    if found not in EXTENSIONS and TEXT in allowed and text.is_text(content):
        found = TEXT
    if found not in allowed:
        raise UploadOfWrongType(
            found=_words(found), allowed=", ".join(map(_words, sorted(allowed)))
        )
    try:
        CHECKS[found](content)
    except ContentNotAccepted as error:
        raise (UploadDangerous if error.is_dangerous else UploadBroken) from error
    return CheckedUpload(
        name=_name(str(getattr(file, "name", "") or ""), found),
        content_type=found,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
    )


def content_type(content: bytes) -> str:
    """Return what the bytes are, or an empty text. Signature containers and documents are told from archives."""
    for known, beginning in BEGINNINGS.items():
        if content.startswith(beginning):
            return _kind_of_archive(content) if known == ZIP else known
    try:
        return puremagic.from_string(content, mime=True)
    except (puremagic.PureError, ValueError):
        return ""


def _kind_of_archive(content: bytes) -> str:
    return ASICE if asice.is_container(content) else office.kind_of_archive(content)


BEGINNINGS = {PDF: b"%PDF-", PNG: b"\x89PNG\r\n\x1a\n", JPEG: b"\xff\xd8\xff", ZIP: b"PK\x03\x04"}


def _check_pdf(content: bytes) -> None:
    if b"%%EOF" not in content[-2048:]:
        raise ContentNotAccepted("a PDF without an end")


CHECKS: dict[str, Callable[[bytes], None]] = {
    PDF: _check_pdf,
    PNG: images.check_png,
    JPEG: images.check_jpeg,
    ASICE: zips.check_zip,
    ZIP: zips.check_zip,
    XLSX: tables.check_workbook,
    CSV: tables.check_text,
    DOCX: office.check_document,
    ODT: office.check_document,
    ODS: office.check_document,
    TEXT: text.check_text,
}


def _read(file: Any) -> bytes:
    limit = settings.UPLOAD_MAX_BYTES
    file.seek(0)
    content: bytes = file.read(limit + 1)
    if not content:
        raise UploadEmpty
    if len(content) > limit:
        raise UploadTooLarge(megabytes=limit // 1_000_000)
    return content


def _name(given: str, found: str) -> str:
    name = safe_name(given)
    extension = extension_of(name)
    if not extension:
        return f"{name}.{EXTENSIONS[found][0]}"
    if extension not in EXTENSIONS[found]:
        raise UploadNameMisleads(extension=extension, found=_words(found))
    return name


def _words(found: str) -> str:
    return EXTENSIONS[found][0].upper() if found in EXTENSIONS else found or "?"
