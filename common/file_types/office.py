"""Documents of office programs: archives that say what they are by the names of their entries."""

from common.file_types.kinds import DOCX, ODS, ODT, XLSX, ZIP, ContentNotAccepted
from common.file_types.zips import check_zip, opened

MAIN_ENTRIES = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": ODT,
    b"application/vnd.oasis.opendocument.spreadsheet": ODS,
}
PROGRAMS = ("vbaproject.bin", "basic/", "scripts/", "activex/")


def kind_of_archive(content: bytes) -> str:
    """Say whether an archive is a document; one that cannot be opened is left to the check of archives."""
    try:
        with opened(content) as archive:
            names = archive.namelist()[:5_000]
            for name, kind in MAIN_ENTRIES.items():
                if name in names and "[Content_Types].xml" in names:
                    return kind
            if names[:1] == ["mimetype"] and archive.infolist()[0].file_size < 100:
                return OPEN_DOCUMENT.get(archive.read("mimetype").strip(), ZIP)
    except ContentNotAccepted:
        return ZIP
    return ZIP


def check_document(content: bytes) -> None:
    """A whole archive without programs in it. Raises ContentNotAccepted."""
    check_zip(content)
    with opened(content) as archive:
        names = [name.lower() for name in archive.namelist()]
    if any(word in name for name in names for word in PROGRAMS):
        raise ContentNotAccepted("a document with programs in it", is_dangerous=True)
