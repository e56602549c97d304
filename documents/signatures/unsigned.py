"""An ASiC-E container that nobody has signed yet (EN 319 162-1, 4.4): DigiDoc opens and signs it."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import quoteattr

MIMETYPE = "application/vnd.etsi.asic-e+zip"
PDF = "application/pdf"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same papers always give the same bytes
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    ' manifest:version="1.2">\n'
)


def unsigned_container(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the container of these PDF files, by name, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _put(archive, "mimetype", MIMETYPE.encode(), zipfile.ZIP_STORED)
        for name, content in files:
            _put(archive, name, content, zipfile.ZIP_DEFLATED)
        manifest = _manifest([name for name, _content in files])
        _put(archive, "META-INF/manifest.xml", manifest, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _put(archive: zipfile.ZipFile, name: str, content: bytes, how: int) -> None:
    entry = zipfile.ZipInfo(name, LONG_AGO)
    entry.compress_type = how
    archive.writestr(entry, content)


def _manifest(names: Sequence[str]) -> bytes:
    rows = [("/", MIMETYPE), *((name, PDF) for name in names)]
    lines = "".join(
        f"  <manifest:file-entry manifest:full-path={quoteattr(name)}"
        f" manifest:media-type={quoteattr(media_type)}/>\n"
        for name, media_type in rows
    )
    return f"{_HEAD}{lines}</manifest:manifest>\n".encode()
