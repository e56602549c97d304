"""What the people outside know: what they sent, and what they were told is safe."""

import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Call:
    """Texts of one call count up; `acknowledged` is the last that the server said it keeps."""

    sent: int = -1
    acknowledged: int = -1
    is_finish_sent: bool = False
    numbers: set = field(default_factory=set)  # told by answers to the finish


@dataclass
class Case:
    pk: int = 0
    paper: int = 0
    is_draft_acknowledged: bool = False
    sha256: str = ""  # of the file as it was downloaded


class Ledger:
    def __init__(self):
        self.lock = threading.Lock()
        self.calls = {}
        self.cases = {}
        self.letters = 0  # requests that were answered
        self.in_flight = Counter()
        self.unanswered = Counter()
        self.answered = Counter()
        self.notes = Counter()
        self.complaints = []

    @contextmanager
    def flying(self, kind):
        with self.lock:
            self.in_flight[kind] += 1
        try:
            yield
        finally:
            with self.lock:
                self.in_flight[kind] -= 1

    def now_in_flight(self):
        with self.lock:
            return {kind: count for kind, count in self.in_flight.items() if count}

    def count(self, counter, kind):
        with self.lock:
            getattr(self, counter)[kind] += 1

    def complain(self, words):
        with self.lock:
            self.complaints.append(words)
