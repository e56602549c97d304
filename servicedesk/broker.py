"""kombu's file-system transport, made to live through the deletion of its directory.

As it comes, a worker falls over when the directory goes, and a sender that has bound its queue once
never binds it again: its messages then go nowhere without a word.
"""

from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem


class Channel(filesystem.Channel):
    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        self.make_folders()
        super()._queue_bind(exchange, routing_key, pattern, queue)

    def get_table(self, exchange: str) -> list[Any]:
        """Return who listens; if that was deleted, write anew what this process has bound."""
        self.make_folders()
        table: list[Any] = super().get_table(exchange)
        if table:
            return table
        for bound, arguments in list(self.state.bindings.items()):
            if bound.exchange == exchange:
                self._queue_bind(
                    exchange,
                    *self.typeof(exchange).prepare_bind(
                        bound.queue, exchange, bound.routing_key, arguments
                    ),
                )
        return list(super().get_table(exchange))

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        self.make_folders()
        super()._put(queue, payload, **kwargs)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        self.make_folders()
        try:
            return super()._get(queue)
        except FileNotFoundError as error:  # deleted between the two lines above
            raise Empty from error

    def _size(self, queue: str) -> int:
        self.make_folders()
        return int(super()._size(queue))

    def _purge(self, queue: str) -> int:
        self.make_folders()
        return int(super()._purge(queue))

    def make_folders(self) -> None:
        for folder in (self.data_folder_in, self.data_folder_out, self.control_folder):
            Path(folder).mkdir(parents=True, exist_ok=True, mode=0o700)


class Transport(filesystem.Transport):
    Channel = Channel


TRANSPORT_ALIASES["filesystem"] = "servicedesk.broker:Transport"
