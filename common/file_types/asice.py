from common.file_types.kinds import ASICE, ContentNotAccepted
from common.file_types.zips import opened


def is_container(content: bytes) -> bool:
    """Say whether an archive calls itself a signature container (ETSI EN 319 162-1): its first entry does."""
    try:
        with opened(content) as archive:
            entries = archive.infolist()
            if not entries or entries[0].filename != "mimetype" or entries[0].file_size > 100:
                return False
            return archive.read(entries[0]).decode("ascii", "replace").strip() == ASICE
    except ContentNotAccepted:
        return False
