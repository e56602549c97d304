"""What the bytes of a file say it is, and whether it is whole and harmless. No Django here."""

from common.file_types.kinds import (
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
)

__all__ = [
    "ASICE",
    "CSV",
    "DOCX",
    "JPEG",
    "ODS",
    "ODT",
    "PDF",
    "PNG",
    "TEXT",
    "XLSX",
    "ZIP",
    "ContentNotAccepted",
]
