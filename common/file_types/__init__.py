"""What the bytes of a file say it is, and whether it is whole and harmless. No Django here."""

from common.file_types.kinds import ASICE, JPEG, PDF, PNG, ZIP, ContentNotAccepted

__all__ = ["ASICE", "JPEG", "PDF", "PNG", "ZIP", "ContentNotAccepted"]
