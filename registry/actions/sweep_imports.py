from datetime import datetime

from registry import tasks
from registry.models import RegisterImport


def sweep_imports(*, at: datetime) -> int:
    """Hurry imports that nobody is working on: their task was lost or their worker killed."""
    owed = list(RegisterImport.objects.abandoned(at).values_list("pk", flat=True))
    for pk in owed:
        tasks.import_file.delay(import_id=pk)
    return len(owed)
