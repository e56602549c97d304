import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import close_old_connections, connections
from django.utils import timezone

from common.live import words
from common.live.new_events import LiveEvent, NewEvents
from common.live.visitor import Visitor, still_signed_in

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5
BEAT_SECONDS = 15
LONGEST_QUEUE = 1_000

T = TypeVar("T")


@dataclass(eq=False)
class Listener:
    """One open stream; `words` gives None when it is to end: the browser begins anew if it is still there."""

    visitor: Visitor
    words: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(LONGEST_QUEUE))

    def hears(self, event: LiveEvent) -> bool:
        return event.is_for(self.visitor.user_id, self.visitor.unit_id)

    def tell(self, word: bytes) -> None:
        if self.words.qsize() >= LONGEST_QUEUE - 1:
            self.end()  # too slow
        else:
            self.words.put_nowait(word)

    def end(self) -> None:
        if not self.words.full():
            self.words.put_nowait(None)


class Hub:
    """One reader and one clock for all streams of the process, while anyone listens."""

    def __init__(self) -> None:
        self.listeners: set[Listener] = set()
        self._reader: asyncio.Task[None] | None = None
        self._clock: asyncio.Task[None] | None = None
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
        if self._clock is None or self._clock.done():
            self._clock = asyncio.create_task(self._beat())
        self.listeners.add(listener)

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        if not self.listeners:
            for task in filter(None, (self._reader, self._clock)):
                task.cancel()
            self._reader = self._clock = None

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
                word = words.of_event(event)
                for listener in self.listeners:
                    if listener.hears(event):
                        listener.tell(word)

    async def _beat(self) -> None:
        """A sign of life to all at once, and an end to the streams of those who have signed out."""
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            asked = {listener.visitor for listener in self.listeners}
            try:
                gone = asked - await self.ask(still_signed_in, asked)
            except Exception:
                logger.exception("it could not be seen who is still signed in")
                gone = set()
            beat = words.beat()
            for listener in self.listeners:
                if listener.visitor in gone:
                    listener.end()
                else:
                    listener.tell(beat)
