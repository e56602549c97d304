"""What goes through a stream, as a browser reads it."""

import json
from typing import Any

from django.utils import timezone

from common.live.new_events import LiveEvent

FIRST = b"retry: 2000\n\n"


def of_event(event: LiveEvent) -> bytes:
    return _message(
        {
            "kind": event.kind,
            "type": event.about_type,
            "id": event.about_id,
            "event": event.pk,
        }
    )


def resync() -> bytes:
    """Too much was missed: the page must look itself."""
    return _message({"kind": "resync", "type": "", "id": ""})


def beat() -> bytes:
    """Keeps proxies from closing the stream, and tells the browser how far it has heard."""
    return f": beat\nevent: beat\nid: {_now()}\ndata: 1\n\n".encode()


def _message(content: dict[str, Any]) -> bytes:
    return f"id: {_now()}\ndata: {json.dumps(content)}\n\n".encode()


def _now() -> int:
    return int(timezone.now().timestamp() * 1000)
