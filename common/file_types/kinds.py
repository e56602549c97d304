PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
ZIP = "application/zip"
ASICE = "application/vnd.etsi.asic-e+zip"
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
TEXT = "text/plain"


class ContentNotAccepted(Exception):
    """The bytes are not a whole file of their kind, or are made to do harm."""

    def __init__(self, why: str, *, is_dangerous: bool = False) -> None:
        super().__init__(why)
        self.is_dangerous = is_dangerous
