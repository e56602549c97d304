from datetime import datetime

from common.models import Heartbeat


def note_heartbeat(*, name: str, at: datetime) -> None:
    """A process tells that it is alive."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": at})
