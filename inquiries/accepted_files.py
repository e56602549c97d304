"""Which files may come with a letter, whichever way it came."""

from common.file_types import ASICE, DOCX, JPEG, ODS, ODT, PDF, PNG, TEXT, XLSX, ZIP

ACCEPTED = frozenset({PDF, PNG, JPEG, ASICE, ZIP, DOCX, XLSX, ODT, ODS, TEXT})
