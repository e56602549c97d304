"""A file of open data: plain or as the one member of a zip, told by its content and never by its name."""

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

BOM = b"\xef\xbb\xbf"
HEAD_BYTES = 4096
HASH_BYTES = 1 << 20


class NotOpenData(Exception):
    """The file is not one of the two that we take over; the word says why."""


@dataclass(frozen=True)
class Source:
    kind: str  # "basic" or "cards"
    stream: IO[bytes]
    size: int  # unpacked


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open the content as a stream. Raises NotOpenData."""
    try:
        with path.open("rb") as file:
            if not zipfile.is_zipfile(file):
                file.seek(0)
                yield Source(_kind(path), file, path.stat().st_size)
                return
        with zipfile.ZipFile(path) as archive:
            member = _member(archive)
            with archive.open(member) as stream:
                head = stream.peek(HEAD_BYTES) if hasattr(stream, "peek") else b""
                yield Source(_kind_of(head), stream, member.file_size)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise NotOpenData("broken_archive") from error
    except FileNotFoundError as error:
        raise NotOpenData("no_file") from error


def made_at(path: Path) -> datetime:
    """Return the file's own moment. A zip's member knows it even after the file has been copied."""
    stamp = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
    if not zipfile.is_zipfile(path):
        return stamp
    with zipfile.ZipFile(path) as archive:
        packed = datetime(*_member(archive).date_time, tzinfo=UTC)
    return min(stamp, packed) if packed.year > 1980 else stamp


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(HASH_BYTES):
            digest.update(part)
    return digest.hexdigest()


def _member(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    members = [
        one
        for one in archive.infolist()
        if not one.is_dir() and not one.filename.startswith("__MACOSX/")
    ]
    if len(members) != 1:
        raise NotOpenData("not_one_file_in_archive")
    return members[0]


def _kind(path: Path) -> str:
    with path.open("rb") as file:
        return _kind_of(file.read(HEAD_BYTES))


def _kind_of(head: bytes) -> str:
    start = head.removeprefix(BOM).lstrip()
    if start.startswith(b"["):
        return "cards"
    if b"ariregistri_kood" in start.split(b"\n", 1)[0]:
        return "basic"
    raise NotOpenData("unknown_content")
