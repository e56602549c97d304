from datetime import datetime, timedelta

from common.models import Event, Presence

KEPT_FOR = timedelta(hours=1)  # far beyond what a stream replays


def prune_events(*, at: datetime) -> int:
    """Events and presences that no page will ask for any more are removed. Returns how many events."""
    Presence.objects.filter(seen_at__lt=at - KEPT_FOR).delete()
    pruned, _ = Event.objects.filter(published_at__lt=at - KEPT_FOR).delete()
    return pruned
