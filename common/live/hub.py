import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import close_old_connections, connections
from django.utils import timezone

from common.live.new_events import LiveEvent, NewEvents

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5
LONGEST_QUEUE = 1_000

T = TypeVar("T")


@dataclass(eq=False)
class Listener:
    """One open stream; `events` gives None when it was too slow and must begin anew."""

    user_id: int
    unit_id: int | None
    events: asyncio.Queue[LiveEvent | None] = field(
        default_factory=lambda: asyncio.Queue(LONGEST_QUEUE)
    )

    def tell(self, event: LiveEvent) -> None:
        if not event.is_for(self.user_id, self.unit_id):
            return
        if self.events.qsize() >= LONGEST_QUEUE - 1:
            self.events.put_nowait(None)
        elif not self.events.full():
            self.events.put_nowait(event)


class Hub:
    """One reader for all streams of the process; it reads while anyone listens."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._reader: asyncio.Task[None] | None = None
        self._thread: ThreadPoolExecutor | None = None

    async def ask(self, question: Callable[..., T], *arguments: object) -> T:
        """Ask the database something without stopping the streams.

        A thread of our own keeps its connection, which one per request would not.
        """
        if self._thread is None:
            self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live")

        def answer() -> T:
            close_old_connections()
            return question(*arguments)

        return await asyncio.get_running_loop().run_in_executor(self._thread, answer)

    async def join(self, listener: Listener) -> None:
        """Returns once nothing that is committed from now on can be missed."""
        if self._reader is None or self._reader.done():
            news = NewEvents()
            await self.ask(news.start, timezone.now())
            if self._reader is None or self._reader.done():
                self._reader = asyncio.create_task(self._read(news))
        self.listeners.add(listener)

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        if not self.listeners and self._reader is not None:
            self._reader.cancel()
            self._reader = None

    def close(self) -> None:
        if self._thread is not None:
            self._thread.submit(connections.close_all)
            self._thread.shutdown()
            self._thread = None

    async def _read(self, news: NewEvents) -> None:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            try:
                found = await self.ask(news.read, timezone.now())
            except Exception:
                # The database is away: the streams stay open, and the window is read when it is back.
                logger.exception("live events could not be read")
                await asyncio.sleep(5)
                continue
            for event in found:
                for listener in tuple(self.listeners):
                    listener.tell(event)
