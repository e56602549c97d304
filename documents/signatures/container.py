"""An ASiC-E container taken apart: data files, signature files, manifest (EN 319 162-1, BDOC 2.1)."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from documents.signatures.codes import Code
from documents.signatures.manifest import check_manifest
from documents.signatures.names import ASICE_TYPE
from documents.signatures.policy import Policy
from documents.signatures.report import DataFile, Findings, Refused
from documents.signatures.zip_reader import STORED, Archive, Entry, read_archive

MIMETYPE, META_INF, MANIFEST_NAME = "mimetype", "META-INF/", "META-INF/manifest.xml"
SIGNATURE_FILE = re.compile(r"META-INF/[^/]*signatures[^/]*\.xml")
# Whatever some other program might take for a signature, in folders within too.
OTHER_SIGNATURE = re.compile(
    r"META-INF/.*(ASiC[^/]*Manifest|signature|\.(p7s|tst|ers)$).*", re.IGNORECASE
)


@dataclass(frozen=True)
class Container:
    data_files: dict[str, DataFile]
    contents: dict[str, bytes]
    signature_files: dict[str, bytes]


def open_container(content: bytes, policy: Policy, findings: Findings) -> Container:
    """Take a container apart.

    1. The ZIP holds, entry by entry, and every name is safe and its own.
    2. `mimetype` is first, stored and exact.
    3. What is in META-INF is a manifest or a signature that we can judge.
    4. The manifest lists exactly the data files.

    Raises Refused where nothing more can be looked at.
    """
    archive = read_archive(content, policy)
    _check_names(archive)
    _check_mimetype(archive, findings)
    signature_files = _meta_inf(archive, policy, findings)
    contents = {entry.name: archive.read(entry) for entry in archive.entries if _is_data(entry)}
    if not contents:
        findings.refuse(Code.NO_DATA_FILES)
    media_types = check_manifest(_manifest(archive, findings), set(contents), policy, findings)
    data_files = {
        name: DataFile(name, media_types.get(name, ""), len(data), hashlib.sha256(data).hexdigest())
        for name, data in contents.items()
    }
    for name, data in contents.items():
        if not data:
            findings.warn(Code.EMPTY_DATA_FILE, name)
    return Container(data_files, contents, signature_files)


def _is_data(entry: Entry) -> bool:
    return not entry.name.startswith(META_INF) and entry.name != MIMETYPE and not _is_folder(entry)


def _is_folder(entry: Entry) -> bool:
    return entry.name.endswith("/")


def _check_names(archive: Archive) -> None:
    seen: set[str] = set()
    for entry in archive.entries:
        name = entry.name
        folded = unicodedata.normalize("NFC", name).casefold()
        if folded in seen:
            raise Refused(Code.DUPLICATE_NAME, name)
        seen.add(folded)
        if not _is_safe(name) or (_is_folder(entry) and entry.size):
            raise Refused(Code.UNSAFE_NAME, name)
        if folded.startswith("meta-inf") and not name.startswith(META_INF):
            raise Refused(Code.UNSAFE_NAME, name)


def _is_safe(name: str) -> bool:
    parts = name.rstrip("/").split("/")
    has_control = any(unicodedata.category(letter) in ("Cc", "Zl", "Zp") for letter in name)
    is_drive = re.match(r"[A-Za-z]:", name) is not None
    return not (
        has_control or is_drive or "\\" in name or any(part in ("", ".", "..") for part in parts)
    )


def _check_mimetype(archive: Archive, findings: Findings) -> None:
    found = next((entry for entry in archive.entries if entry.name == MIMETYPE), None)
    if found is None:
        findings.refuse(Code.MIMETYPE_MISSING)
        return
    if archive.entries[0] is not found:
        findings.refuse(Code.MIMETYPE_NOT_FIRST)
    if found.method != STORED:
        findings.refuse(Code.MIMETYPE_COMPRESSED)
    if archive.read(found) != ASICE_TYPE.encode():
        findings.refuse(Code.MIMETYPE_WRONG)


def _meta_inf(archive: Archive, policy: Policy, findings: Findings) -> dict[str, bytes]:
    signature_files = {}
    for entry in archive.entries:
        if not entry.name.startswith(META_INF) or _is_folder(entry) or entry.name == MANIFEST_NAME:
            continue
        if SIGNATURE_FILE.fullmatch(entry.name):
            signature_files[entry.name] = archive.read(entry)
        elif OTHER_SIGNATURE.fullmatch(entry.name):
            findings.refuse(Code.UNSUPPORTED_SIGNATURE, entry.name)
        else:
            findings.warn(Code.UNKNOWN_META_INF, entry.name)
    if not signature_files:
        findings.refuse(Code.NO_SIGNATURES)
    if len(signature_files) > policy.max_signatures:
        raise Refused(Code.TOO_LARGE, f"{len(signature_files)} signatures")
    return signature_files


def _manifest(archive: Archive, findings: Findings) -> bytes | None:
    for entry in archive.entries:
        if entry.name == MANIFEST_NAME:
            return archive.read(entry)
    findings.refuse(Code.MANIFEST_MISSING)
    return None
