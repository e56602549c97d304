import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

from common.file_types.kinds import ContentNotAccepted

MOST_ENTRIES = 1_000
MOST_BYTES = 200_000_000  # of all entries together, unpacked
MOST_RATIO = 200  # a bomb packs a thousandfold; text packs ten- to thirtyfold
RATIO_FREE_BYTES = 1_000_000
CHUNK = 1 << 16
# Python unpacks all other methods without a bound: 565 bytes of bzip2 took a gigabyte of memory.
BOUNDED_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENTRY_IN_LIST = b"PK\x01\x02"


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Open an archive so that reading its list and its entries is bounded. Raises ContentNotAccepted.

    The list is read by Python as a whole, so that entries beyond all reason, counted roughly, are
    refused before; archives within this one may have some more.
    """
    if content.count(ENTRY_IN_LIST) > 10 * MOST_ENTRIES:
        raise ContentNotAccepted("an archive of countless entries", is_dangerous=True)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(entry.compress_type not in BOUNDED_METHODS for entry in archive.infolist()):
                raise ContentNotAccepted("an entry that unpacks without bound", is_dangerous=True)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError) as error:
        raise ContentNotAccepted("not a whole archive") from error


def check_zip(content: bytes) -> None:
    """Look into an archive without unpacking it to anywhere. Raises ContentNotAccepted."""
    with opened(content) as archive:
        _check_list(archive.infolist())
        _check_no_overlap(archive.infolist())
        for entry in archive.infolist():
            _check_whole(archive, entry)


def _check_list(entries: list[zipfile.ZipInfo]) -> None:
    if not entries:
        raise ContentNotAccepted("an archive with nothing in it")
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ContentNotAccepted("an archive that unpacks without end", is_dangerous=True)
    if len({entry.filename for entry in entries}) != len(entries):
        raise ContentNotAccepted("two entries of one name", is_dangerous=True)
    for entry in entries:
        _check_entry(entry)


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = PurePosixPath(entry.filename)
    leads_out = name.is_absolute() or ".." in name.parts or "\\" in entry.filename
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    is_locked = bool(entry.flag_bits & 0x1)
    is_bomb = entry.file_size > RATIO_FREE_BYTES and entry.file_size > MOST_RATIO * max(
        entry.compress_size, 1
    )
    if leads_out or is_link or is_locked or is_bomb:
        raise ContentNotAccepted("a harmful entry", is_dangerous=True)


def _check_no_overlap(entries: list[zipfile.ZipInfo]) -> None:
    """Entries that share their packed bytes are how a small archive unpacks to petabytes."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise ContentNotAccepted("entries overlap", is_dangerous=True)
        end = entry.header_offset + 30 + len(entry.filename.encode()) + entry.compress_size


def _check_whole(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Read an entry to its end, at most as far as its list says: then its checksum is compared."""
    with archive.open(entry) as unpacked:
        while unpacked.read(CHUNK):
            pass
