"""Figures for Prometheus. Each app declares its own in `<app>/metrics.py`.

A gauge is read from the database when it is asked for, so that it is true whichever process
answers. A counter counts what its process has seen, and names the process.
"""

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

Labels = Mapping[str, str]
Sample = tuple[Labels, float]


@dataclass(frozen=True)
class Gauge:
    """Something that stands at a figure now, such as letters waiting."""

    name: str
    sentence: str
    read: Callable[[datetime], Iterable[Sample]]
    kind: str = "gauge"


class Counter:
    """Something that this process has seen happen, such as answered requests."""

    kind = "counter"

    def __init__(self, name: str, sentence: str) -> None:
        self.name = name
        self.sentence = sentence
        self._counts: dict[tuple[tuple[str, str], ...], float] = {}
        self._lock = threading.Lock()

    def add(self, amount: float = 1, **labels: str) -> None:
        key = tuple(sorted(labels.items()))
        with self._lock:
            self._counts[key] = self._counts.get(key, 0) + amount

    def read(self, at: datetime) -> Iterable[Sample]:
        process = str(os.getpid())
        return [({**dict(key), "process": process}, n) for key, n in list(self._counts.items())]


class Registry:
    def __init__(self) -> None:
        self._metrics: dict[str, Gauge | Counter] = {}

    def register(self, *metrics: Gauge | Counter) -> None:
        for metric in metrics:
            if metric.name in self._metrics:
                raise ValueError(f"two metrics are named {metric.name}")
            self._metrics[metric.name] = metric

    def text(self, at: datetime) -> str:
        """Return all figures in the text format of Prometheus."""
        return "".join(line for metric in self._metrics.values() for line in _lines(metric, at))


def _lines(metric: Gauge | Counter, at: datetime) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.sentence}\n# TYPE {metric.name} {metric.kind}\n"
    for labels, value in metric.read(at):
        told = ",".join(f'{name}="{_escaped(text)}"' for name, text in sorted(labels.items()))
        yield f"{metric.name}{{{told}}} {value:g}\n" if told else f"{metric.name} {value:g}\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


registry = Registry()
requests_answered = Counter("servicedesk_requests_total", "Requests answered, by status.")
requests_seconds = Counter("servicedesk_request_seconds_total", "Time spent on requests.")
registry.register(requests_answered, requests_seconds)
