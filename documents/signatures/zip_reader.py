"""A ZIP file read strictly: every byte belongs to one entry, to the directory or to the end record.

Other readers follow either the directory or the local headers, and hide what is in neither; a
container in which the two differ, or with bytes that belong to nothing, shows different things to
different programs. Nothing is unpacked before the limits are known to hold.
"""

import struct
import zlib
from dataclasses import dataclass

from documents.signatures.codes import Code
from documents.signatures.policy import Policy
from documents.signatures.report import Refused

LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
DESCRIPTOR = b"PK\x07\x08"
STORED, DEFLATED = 0, 8
ENCRYPTED, HAS_DESCRIPTOR = 0x1, 0x8
STRONG_ENCRYPTION, MASKED = 0x40, 0x2000
_LOCAL_SIZE, _CENTRAL_SIZE, _END_SIZE = 30, 46, 22
_MAX32 = 0xFFFFFFFF


@dataclass(frozen=True)
class Entry:
    name: str
    method: int
    crc: int
    packed_size: int
    size: int
    offset: int
    flags: int
    raw_name: bytes


@dataclass(frozen=True)
class Archive:
    entries: tuple[Entry, ...]  # as they stand in the file
    starts: dict[str, int]  # where each entry's bytes begin
    content: bytes

    def read(self, entry: Entry) -> bytes:
        """Unpack one entry, never more than it says."""
        start = self.starts[entry.name]
        packed = self.content[start : start + entry.packed_size]
        plain = packed if entry.method == STORED else _inflate(packed, entry)
        if len(plain) != entry.size or zlib.crc32(plain) != entry.crc:
            raise Refused(Code.ZIP_BROKEN, entry.name)
        return plain


def read_archive(content: bytes, policy: Policy) -> Archive:
    """Read the directory and hold it against the file. Raises Refused."""
    if len(content) > policy.max_file_bytes:
        raise Refused(Code.TOO_LARGE)
    if not content.startswith(LOCAL):
        raise Refused(Code.NOT_A_CONTAINER)
    end, count, directory_size, directory_at = _end_record(content)
    if count > policy.max_entries:
        raise Refused(Code.ZIP_BOMB, f"{count} entries")
    if directory_at + directory_size != end:
        raise Refused(Code.ZIP_GAP, "before the end record")
    entries = _directory(content, count, directory_at, end)
    _check_limits(entries, policy)
    ordered = tuple(sorted(entries, key=lambda entry: entry.offset))
    return Archive(ordered, _walk(content, ordered, directory_at), content)


def _end_record(content: bytes) -> tuple[int, int, int, int]:
    at = content.rfind(END)
    if at < 0 or at + _END_SIZE > len(content):
        raise Refused(Code.ZIP_BROKEN, "no end record")
    fields = struct.unpack_from("<4H2IH", content, at + 4)
    disk, directory_disk, here, count, size, offset, comment = fields
    if at + _END_SIZE + comment != len(content):
        raise Refused(Code.ZIP_GAP, "after the end record")
    if disk or directory_disk or here != count or offset == _MAX32 or count == 0xFFFF:
        raise Refused(Code.ZIP_BROKEN, "several disks, or ZIP64")
    return at, count, size, offset


def _directory(content: bytes, count: int, at: int, end: int) -> list[Entry]:
    entries = []
    for _ in range(count):
        if content[at : at + 4] != CENTRAL or at + _CENTRAL_SIZE > end:
            raise Refused(Code.ZIP_BROKEN, "directory")
        flags, method = struct.unpack_from("<2H", content, at + 8)
        crc, packed, size = struct.unpack_from("<3I", content, at + 16)
        name_size, extra, comment = struct.unpack_from("<3H", content, at + 28)
        (offset,) = struct.unpack_from("<I", content, at + 42)
        raw = content[at + _CENTRAL_SIZE : at + _CENTRAL_SIZE + name_size]
        entries.append(Entry(_text(raw), method, crc, packed, size, offset, flags, raw))
        at += _CENTRAL_SIZE + name_size + extra + comment
    if at != end:
        raise Refused(Code.ZIP_GAP, "in the directory")
    return entries


def _text(raw: bytes) -> str:
    """Names are UTF-8 with or without the flag that says so; old ones are in the code page of DOS."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("cp437")


def _check_limits(entries: list[Entry], policy: Policy) -> None:
    total = 0
    for entry in entries:
        if entry.flags & (ENCRYPTED | STRONG_ENCRYPTION | MASKED):
            raise Refused(Code.ZIP_ENCRYPTED, entry.name)
        if entry.method not in (STORED, DEFLATED):
            raise Refused(Code.ZIP_METHOD, entry.name)
        total += entry.size
        too_dense = entry.size > 100_000 and entry.size > policy.max_ratio * entry.packed_size
        if entry.size > policy.max_entry_bytes or total > policy.max_total_bytes or too_dense:
            raise Refused(Code.ZIP_BOMB, entry.name)


def _walk(content: bytes, ordered: tuple[Entry, ...], end: int) -> dict[str, int]:
    """Go from entry to entry; each begins where the last one ends, and says what the directory says."""
    at, starts = 0, {}
    for entry in ordered:
        if entry.name in starts:
            raise Refused(Code.DUPLICATE_NAME, entry.name)
        if entry.offset != at:
            raise Refused(Code.ZIP_GAP, entry.name)
        start = _local_start(content, entry, at)
        starts[entry.name] = start
        at = _after_descriptor(content, entry, start + entry.packed_size)
    if at != end:
        raise Refused(Code.ZIP_GAP, "before the directory")
    return starts


def _local_start(content: bytes, entry: Entry, at: int) -> int:
    if content[at : at + 4] != LOCAL or at + _LOCAL_SIZE > len(content):
        raise Refused(Code.ZIP_BROKEN, entry.name)
    flags, method = struct.unpack_from("<2H", content, at + 6)
    sizes = struct.unpack_from("<3I", content, at + 14)
    name_size, extra = struct.unpack_from("<2H", content, at + 26)
    name = content[at + _LOCAL_SIZE : at + _LOCAL_SIZE + name_size]
    told = (entry.crc, entry.packed_size, entry.size)
    later = bool(flags & HAS_DESCRIPTOR)  # a descriptor behind the entry may tell what is zero here
    same = all(
        here == there or (later and here == 0) for here, there in zip(sizes, told, strict=True)
    )
    if flags & (ENCRYPTED | STRONG_ENCRYPTION | MASKED):
        raise Refused(Code.ZIP_ENCRYPTED, entry.name)
    if name != entry.raw_name or method != entry.method or not same:
        raise Refused(Code.ZIP_BROKEN, f"{entry.name}: two headers differ")
    return at + _LOCAL_SIZE + name_size + extra


def _after_descriptor(content: bytes, entry: Entry, at: int) -> int:
    (flags,) = struct.unpack_from("<H", content, entry.offset + 6)
    if not flags & HAS_DESCRIPTOR:
        return at
    signed = 4 if content[at : at + 4] == DESCRIPTOR else 0
    found = content[at + signed : at + signed + 12]
    if found != struct.pack("<3I", entry.crc, entry.packed_size, entry.size):
        raise Refused(Code.ZIP_BROKEN, f"{entry.name}: descriptor")
    return at + signed + 12


def _inflate(packed: bytes, entry: Entry) -> bytes:
    decoder = zlib.decompressobj(-15)
    try:
        plain = decoder.decompress(packed, entry.size + 1)
    except zlib.error as error:
        raise Refused(Code.ZIP_BROKEN, entry.name) from error
    if decoder.unused_data or decoder.unconsumed_tail or not decoder.eof:
        raise Refused(Code.ZIP_BROKEN, entry.name)
    return plain
