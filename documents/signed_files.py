"""Whether a file that came by mail is signed, and which files it holds: looked at, not judged."""

import hashlib
import re
from dataclasses import dataclass

from common.file_types import PDF
from common.uploads import CheckedUpload
from documents.signatures.policy import DEFAULT
from documents.signatures.report import Refused
from documents.signatures.zip_reader import read_archive

MOST_REVISIONS = 30
SIGNATURES = re.compile(r"META-INF/[^/]*signatures[^/]*\.xml", re.IGNORECASE)
REVISION_END = re.compile(rb"%%EOF(\r\n|\n|\r)?")


@dataclass(frozen=True)
class SignedFile:
    """A container or a PDF, with the SHA-256 of every file in it, or of every revision."""

    upload: CheckedUpload
    holds: frozenset[str]
    is_signed: bool


def look_into(upload: CheckedUpload) -> SignedFile:
    if upload.content_type == PDF:
        return SignedFile(upload, _revisions(upload.content), b"/ByteRange" in upload.content)
    return _container(upload)


def _container(upload: CheckedUpload) -> SignedFile:
    """One that cannot be read is taken for signed: the checker says later what is wrong with it."""
    try:
        archive = read_archive(upload.content, DEFAULT)
        names = [entry.name for entry in archive.entries]
        holds = frozenset(
            hashlib.sha256(archive.read(entry)).hexdigest()
            for entry in archive.entries
            if entry.name != "mimetype" and not entry.name.startswith("META-INF/")
        )
    except Refused:
        return SignedFile(upload, frozenset(), is_signed=True)
    return SignedFile(upload, holds, any(map(SIGNATURES.fullmatch, names)))


def _revisions(content: bytes) -> frozenset[str]:
    """A PDF that is signed begins with the bytes of the unsigned one."""
    found, whole, at = set(), hashlib.sha256(), 0
    for number, end in enumerate(REVISION_END.finditer(content)):
        if number == MOST_REVISIONS:
            break
        for place in sorted({end.start() + 5, end.end()}):
            whole.update(content[at:place])
            at = place
            found.add(whole.hexdigest())
    return frozenset(found)
