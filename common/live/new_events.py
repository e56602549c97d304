import datetime as dt
from dataclasses import dataclass

from common.models import Event

# A row shows itself when its transaction commits, so a lower id may come after a higher one. The
# window is longer than any transaction that publishes; what was seen within it is dropped.
WINDOW = dt.timedelta(seconds=60)
REPLAY_AT_MOST = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class LiveEvent:
    """What travels: a kind and an id, and to whom."""

    pk: int
    kind: str
    about_type: str
    about_id: str
    to_user_id: int | None
    to_unit_id: int | None

    def is_for(self, user_id: int, unit_id: int | None) -> bool:
        if self.to_user_id is not None:
            return self.to_user_id == user_id
        return self.to_unit_id is None or self.to_unit_id == unit_id


class NewEvents:
    """Reads the event table again and again, and gives each row once."""

    def __init__(self) -> None:
        self._seen: dict[int, dt.datetime] = {}

    def start(self, at: dt.datetime) -> None:
        """From here on; what is there already is not news."""
        self._seen = dict.fromkeys(_ids_since(at - WINDOW), at)

    def read(self, at: dt.datetime) -> list[LiveEvent]:
        found = set(_ids_since(at - WINDOW))
        new = found - self._seen.keys()
        self._seen = {pk: seen for pk, seen in self._seen.items() if seen > at - 2 * WINDOW}
        self._seen.update(dict.fromkeys(new, at))
        return _load(sorted(new)) if new else []


def replay(since: dt.datetime, at: dt.datetime) -> list[LiveEvent]:
    """What a browser that was cut off may have missed; it drops what it has had already."""
    return _load(_ids_since(max(since, at - REPLAY_AT_MOST) - WINDOW))


def _ids_since(moment: dt.datetime) -> list[int]:
    return list(
        Event.objects.filter(published_at__gte=moment).order_by("pk").values_list("pk", flat=True)
    )


def _load(ids: list[int]) -> list[LiveEvent]:
    rows = Event.objects.filter(pk__in=ids[-5000:]).order_by("pk")
    return [
        LiveEvent(*row)
        for row in rows.values_list(
            "pk", "kind", "about_type", "about_id", "to_user_id", "to_unit_id"
        )
    ]
