from datetime import datetime, timedelta

from django.db import transaction

from inquiries import tasks
from inquiries.models import PastImport
from inquiries.states import PAST_WORK

FILES_KEPT = timedelta(days=30)


def sweep_past_imports(*, at: datetime) -> int:
    """Hurry imports of the past that nobody is working on: their task was lost or their worker killed."""
    owed = list(PastImport.objects.abandoned(at).values_list("pk", flat=True))
    for pk in owed:
        tasks.work_on_past_import.delay(import_id=pk)
    return len(owed)


def forget_past_files(*, at: datetime) -> int:
    """Files of the past have served their time: they hold personal data that is in its place by now.

    1. Take those that were brought or asked for long enough ago, and that no worker needs.
    2. Delete the row of each, and once that is committed the file itself.
    """
    old = PastImport.objects.filter(file__isnull=False, requested_at__lte=at - FILES_KEPT)
    gone = 0
    for past_import in old.exclude(state__in=PAST_WORK).select_related("file"):
        _forget(past_import)
        gone += 1
    return gone


def _forget(past_import: PastImport) -> None:
    stored = past_import.file
    if stored is None:
        return
    with transaction.atomic():
        stored.delete()
        name = str(stored.file.name)
        transaction.on_commit(lambda: stored.file.storage.delete(name), robust=True)
