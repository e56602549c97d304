"""Two hundred open screens: how long from the word of a call to its rows, and what they cost idle.

python -m benchmarks.screens prepare        prints token, callers and the sessions of the screens
"""

import asyncio
import json
import os
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

SCREENS, RINGS, IDLE_SECONDS = 200, 20, 60  # four beats: what comes once in a while is in it
EXCHANGE = "bench screens"
HERTZ = os.sysconf("SC_CLK_TCK")


def prepare() -> dict[str, Any]:
    """Make the people before the screens, with a session each, and an exchange that may ring."""
    import django  # noqa: PLC0415  # only this half runs within the settings

    import tests.environment  # noqa: F401, PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "servicedesk.settings")
    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import RoleAssignment, User  # noqa: PLC0415
    from inquiries.actions import open_phone_line  # noqa: PLC0415
    from inquiries.models import Inquiry  # noqa: PLC0415

    sessions = []
    for number in range(SCREENS):
        user, is_new = User.objects.get_or_create(
            username=f"screen-{number}", defaults={"extension": f"7{number:03d}"}
        )
        if is_new:
            RoleAssignment.objects.create(
                user=user, role="specialist", starts_on=timezone.localdate()
            )
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "accounts.backends.RoleBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        sessions.append(session.session_key)
    _line, token = open_phone_line(name=EXCHANGE, by=None, at=timezone.now())
    known = Inquiry.objects.exclude(caller_number="").filter(client__isnull=False)
    callers = list(known.order_by("-pk").values_list("caller_number", flat=True)[:RINGS])
    secrets = {
        name: os.environ[name]
        for name in ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "LOOKUP_HASH_KEY")
    }
    return {"token": token, "callers": callers, "sessions": sessions, "env": secrets}


def cpu_seconds(pids: list[int]) -> float:
    """Processor time that the processes have used so far."""
    used = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / HERTZ


async def listen(
    port: str, session: str, heard: asyncio.Queue[float], ready: asyncio.Event
) -> None:
    """One screen: the stream of events, as the browser holds it open."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
    writer.write(
        f"GET /live/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={session}\r\n\r\n".encode()
    )
    try:
        while line := await reader.readline():
            ready.set()
            if b'"phone-call"' in line:
                heard.put_nowait(time.perf_counter())
    finally:
        writer.close()


def ring(address: str, number: int, caller: str, run: int) -> None:
    told = {
        "event": "answer",
        "callId": f"bench-{run}-{number}",
        "direction": "in",
        "from": caller,
        "to": "6625900",
        "answeringNumber": f"7{number:03d}",
    }
    asked = urllib.request.Request(
        address, json.dumps(told).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(asked) as answer:
        if answer.read() != b"{}":
            raise RuntimeError("the event was not taken")


def rows(address: str, session: str) -> int:
    asked = urllib.request.Request(address, headers={"Cookie": f"sessionid={session}"})
    with urllib.request.urlopen(asked) as answer:
        return answer.read().decode().count('class="row-in"')


async def measure(
    web: str, live: str, made: dict[str, Any], pids: list[int]
) -> tuple[list[float], float]:
    """Return the seconds from each ring to its rows, and the share of a core while nothing rings."""
    queues: list[asyncio.Queue[float]] = [asyncio.Queue() for _ in made["sessions"]]
    opened = [asyncio.Event() for _ in queues]
    screens = [
        asyncio.create_task(listen(live, session, heard, ready))
        for session, heard, ready in zip(made["sessions"], queues, opened, strict=True)
    ]
    await asyncio.wait_for(asyncio.gather(*(ready.wait() for ready in opened)), 60)
    await asyncio.sleep(2)
    before = cpu_seconds(pids)
    await asyncio.sleep(IDLE_SECONDS)
    idle = (cpu_seconds(pids) - before) / IDLE_SECONDS * 100
    took, run = [], int(time.time())
    for number, caller in enumerate(made["callers"]):
        began = time.perf_counter()
        await asyncio.to_thread(ring, f"{web}/api/v1/cti/{made['token']}", number, caller, run)
        await asyncio.wait_for(queues[number].get(), 30)
        found = await asyncio.to_thread(rows, f"{web}/calls/pop/", made["sessions"][number])
        took.append(time.perf_counter() - began)
        if not found:
            raise RuntimeError("no rows came")
    for screen in screens:
        screen.cancel()
    return sorted(took), idle


if __name__ == "__main__" and sys.argv[1:] == ["prepare"]:
    print(json.dumps(prepare()))
