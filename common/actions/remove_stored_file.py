import logging
from collections.abc import Iterable

from django.db import transaction

from common.models import StoredFile

logger = logging.getLogger(__name__)


def remove_stored_files(*, files: Iterable[StoredFile]) -> None:
    """Files that have served their time go, from the table and then from the disk.

    1. Delete the rows.
    2. Once that is committed, delete what lay on the disk. One that cannot be deleted is logged.
    """
    gone = list(files)
    StoredFile.objects.filter(pk__in=[stored.pk for stored in gone]).delete()

    def delete_from_disk() -> None:
        for stored in gone:
            try:
                stored.file.storage.delete(str(stored.file.name))
            except OSError:
                logger.exception("a file could not be deleted from the disk")

    transaction.on_commit(delete_from_disk, robust=True)
