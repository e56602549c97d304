import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from django.conf import settings
from django.utils import timezone

from common.live import words
from common.live.hub import Hub, Listener
from common.live.new_events import REPLAY_AT_MOST, replay
from common.live.visitor import is_our_origin, visitor_of

PATH = "/live/events"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

hub = Hub()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The whole process `live`: the stream, and a word that it is alive."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] != "http":
        await send({"type": "websocket.close"})
    elif scope["path"] == "/health/live":
        await _answer(send, 200, "alive")
    elif scope["path"] != PATH:
        await _answer(send, 404, "not found")
    elif scope["method"] != "GET":
        await _answer(send, 405, "GET only")
    else:
        await _events(scope, receive, send)


async def _events(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
    origin, cookies = headers.get("origin", ""), headers.get("cookie", "")
    if not is_our_origin(origin):
        return await _answer(send, 403, "not our page")
    visitor = await hub.ask(visitor_of, cookies)
    if visitor is None:
        return await _answer(send, 401, "sign in", _cors(origin))
    listener = Listener(visitor)
    await hub.join(listener)
    gone = asyncio.create_task(_gone(receive, listener))
    try:
        await _start(send, 200, "text/event-stream", _cors(origin))
        for word in await _beginning(scope, headers, listener):
            await _write(send, word)
        while (told := await listener.words.get()) is not None:
            await _write(send, told)
        await send({"type": "http.response.body", "body": b""})
    except OSError:
        pass  # the browser went away while we wrote
    finally:
        gone.cancel()
        hub.leave(listener)


async def _beginning(scope: Scope, headers: dict[str, str], listener: Listener) -> list[bytes]:
    """What was missed since the last moment the browser knows; too long ago, and it must look itself."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("since", [""])[0]
    since = _moment(headers.get("last-event-id") or asked)
    at = timezone.now()
    first = [words.FIRST, words.beat()]
    if since is not None and since < at - REPLAY_AT_MOST:
        first.append(words.resync())
    if since is not None:
        missed = await hub.ask(replay, since, at)
        first += [words.of_event(event) for event in missed if listener.hears(event)]
    return first


async def _gone(receive: Receive, listener: Listener) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listener.end()


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.shutdown":
            hub.close()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _moment(text: str) -> dt.datetime | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 14):
        return None
    return dt.datetime.fromtimestamp(int(text) / 1000, dt.UTC)


def _cors(origin: str) -> list[tuple[bytes, bytes]]:
    """Only a stream on a port of its own is asked across origins."""
    if not settings.LIVE_PORT or not origin:
        return []
    return [
        (b"access-control-allow-origin", origin.encode()),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    ]


async def _start(
    send: Send, status: int, content_type: str, headers: list[tuple[bytes, bytes]]
) -> None:
    own = [
        (b"content-type", f"{content_type}; charset=utf-8".encode()),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": own + headers})


async def _write(send: Send, word: bytes) -> None:
    await send({"type": "http.response.body", "body": word, "more_body": True})


async def _answer(
    send: Send, status: int, text: str, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    await _start(send, status, "text/plain", headers or [])
    await send({"type": "http.response.body", "body": text.encode()})
