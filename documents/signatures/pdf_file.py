"""A signed PDF taken apart: what each signature covers, and what came into the file after it.

Only the worker imports this module, because it brings in pyHanko, which reads revisions and tells
changes that long-term evidence needs from changes of what is seen.
"""

import io
import logging
from dataclasses import dataclass
from typing import Any

from documents.signatures.certificate import Certificate, load
from documents.signatures.codes import Code
from documents.signatures.policy import Policy
from documents.signatures.report import Refused

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what it says of a file is in the report
try:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
except ImportError:  # a base installation has none
    HAS_READER = False
else:
    HAS_READER = True

SIGNATURE, TIMESTAMP = "/Sig", "/DocTimeStamp"
END = b"%%EOF"
FORMAT, TIMESTAMP_FORMAT = "/ETSI.CAdES.detached", "/ETSI.RFC3161"


@dataclass(frozen=True)
class SignedPart:
    """One signature or document timestamp of the file."""

    name: str
    is_timestamp: bool
    cms: bytes
    covered: bytes
    end: int  # how far into the file it reaches
    embedded: Any  # pyHanko's


@dataclass(frozen=True)
class SignedPdf:
    content: bytes
    parts: tuple[SignedPart, ...]  # in the order in which they were made
    certificates: tuple[Certificate, ...]
    responses: tuple[bytes, ...]


def open_pdf(content: bytes, policy: Policy) -> SignedPdf:
    """Take a PDF apart. Raises Refused."""
    if len(content) > policy.max_file_bytes:
        raise Refused(Code.TOO_LARGE)
    if not HAS_READER:
        raise Refused(Code.UNREADABLE, "pyHanko is not installed")
    try:
        reader = _reader(content)
        parts = tuple(_part(one, content) for one in reader.embedded_signatures)
        certificates, responses = _store(reader)
    except Refused:
        raise
    except Exception as error:  # whatever pyHanko runs into where it expected something else
        raise Refused(Code.PDF_BROKEN, type(error).__name__) from error
    return SignedPdf(content, parts, certificates, responses)


def _reader(content: bytes) -> Any:
    reader = PdfFileReader(io.BytesIO(content), strict=True)
    if reader.encrypted:
        raise Refused(Code.PDF_ENCRYPTED)
    return reader


def _part(embedded: "EmbeddedPdfSignature", content: bytes) -> SignedPart:
    is_timestamp = embedded.sig_object_type == TIMESTAMP
    expected = TIMESTAMP_FORMAT if is_timestamp else FORMAT
    if embedded.sig_object.get("/SubFilter") != expected:
        raise Refused(Code.PDF_FORMAT, str(embedded.sig_object.get("/SubFilter")))
    first, second = _ranges(embedded, content)
    return SignedPart(
        name=str(embedded.field_name),
        is_timestamp=is_timestamp,
        cms=without_padding(embedded.pkcs7_content),
        covered=content[: first[1]] + content[second[0] : second[1]],
        end=second[1],
        embedded=embedded,
    )


def _ranges(
    embedded: "EmbeddedPdfSignature", content: bytes
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The two ranges begin at the first byte and leave out the signature's own digits, no more."""
    numbers = [int(number) for number in embedded.byte_range]
    if len(numbers) != 4 or numbers[0] != 0 or min(numbers) < 0:
        raise Refused(Code.PDF_BYTE_RANGE, str(numbers))
    _, first_end, second_start, second_size = numbers
    second_end = second_start + second_size
    hole = content[first_end:second_start]
    digits = embedded.pkcs7_content.hex().encode()
    is_whole = hole[:1] == b"<" and hole[-1:] == b">" and hole[1:-1].lower() == digits
    if not is_whole or second_end > len(content) or first_end > second_start:
        raise Refused(Code.PDF_BYTE_RANGE, str(numbers))
    return (0, first_end), (second_start, second_end)


def without_padding(content: bytes) -> bytes:
    """Return the message without the zeros that fill its place. Raises Refused."""
    if len(content) < 2 or content[0] != 0x30 or content[1] == 0x80:
        raise Refused(Code.PDF_BROKEN, "signature")
    size, header = content[1], 2
    if size & 0x80:
        header += size & 0x7F
        size = int.from_bytes(content[2:header], "big")
    if any(content[header + size :]):
        raise Refused(Code.PDF_BYTE_RANGE, "padding")
    return content[: header + size]


def _store(reader: Any) -> tuple[tuple[Certificate, ...], tuple[bytes, ...]]:
    """Return what the document security store holds (EN 319 142-1, 5.4.2)."""
    if "/DSS" not in reader.root:
        return (), ()
    store = reader.root["/DSS"]
    certificates = []
    for content in _streams(store, "/Certs"):
        try:
            certificates.append(load(content))
        except Refused:
            continue
    return tuple(certificates), tuple(_streams(store, "/OCSPs"))


def _streams(store: Any, name: str) -> list[bytes]:
    if name not in store:
        return []
    return [bytes(one.get_object().data) for one in store[name]]


def check_revisions(pdf: SignedPdf) -> None:
    """Nothing that is seen came in after a signature, and the newest one reaches the end.

    After the last signature there may be evidence alone (the store, document timestamps). Between
    two signatures there may be the field of the second one. Raises Refused.
    """
    signed_fields = {part.name for part in pdf.parts}
    last = max((part.end for part in pdf.parts if not part.is_timestamp), default=0)
    if pdf.content[pdf.content.rfind(END) + len(END) :].strip():
        raise Refused(Code.PDF_NOT_WHOLE, "bytes behind the end")
    try:
        for part in pdf.parts:
            _check_after(part, signed_fields, is_last=part.end >= last)
    except Refused:
        raise
    except Exception as error:  # as above; what cannot be compared is not known to be the same
        raise Refused(Code.PDF_CHANGED_AFTER, type(error).__name__) from error


def _check_after(part: SignedPart, signed_fields: set[str], *, is_last: bool) -> None:
    embedded = part.embedded
    if part.is_timestamp and any(_size(embedded.sig_field)):
        raise Refused(
            Code.PDF_CHANGED_AFTER, part.name
        )  # anybody gets a timestamp; it shows nothing
    embedded.compute_integrity_info()
    if embedded.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        raise Refused(Code.PDF_NOT_WHOLE, part.name)
    result = embedded.diff_result
    level = getattr(result, "modification_level", ModificationLevel.OTHER)
    allowed = ModificationLevel.LTA_UPDATES if is_last else ModificationLevel.FORM_FILLING
    changed: set[str] = getattr(result, "changed_form_fields", set()) - signed_fields
    if level > allowed or changed or not embedded.summarise_integrity_info()["docmdp_ok"]:
        raise Refused(Code.PDF_CHANGED_AFTER, part.name)


def _size(field: Any) -> tuple[float, float]:
    left, bottom, right, top = map(float, field["/Rect"]) if "/Rect" in field else (0, 0, 0, 0)
    return right - left, top - bottom
