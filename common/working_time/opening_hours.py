import re
from dataclasses import dataclass

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PART = re.compile(
    r"^(?P<first>[a-z]{3})(-(?P<last>[a-z]{3}))?\s+(?P<spans>\d\d:\d\d-\d\d:\d\d(,\s*\d\d:\d\d-\d\d:\d\d)*)$"
)
DAY_MINUTES = 24 * 60

Span = tuple[int, int]  # minutes of the local day, the end not included


class OpeningHoursNotUnderstood(ValueError):
    """The text does not say opening hours."""


@dataclass(frozen=True)
class OpeningHours:
    """The open spans of each weekday, Monday first.

    A span should not begin or end within the hour that a change of summer time skips or repeats.
    """

    of_weekday: tuple[tuple[Span, ...], ...]

    @classmethod
    def parse(cls, text: str) -> "OpeningHours":
        """Read hours such as `mon-thu 08:00-12:00, 12:30-17:00; fri 08:00-15:45`."""
        spans: list[list[Span]] = [[] for _ in DAYS]
        for part in filter(None, (piece.strip() for piece in text.lower().split(";"))):
            for weekday, day_spans in _weekdays(part):
                spans[weekday].extend(day_spans)
        return cls(tuple(tuple(sorted(day)) for day in spans))

    def __post_init__(self) -> None:
        for spans in self.of_weekday:
            edges = [edge for span in spans for edge in span]
            rises = all(a < b for a, b in spans) and edges == sorted(edges)
            if not rises or any(not 0 <= edge <= DAY_MINUTES for edge in edges):
                raise OpeningHoursNotUnderstood(f"spans overlap or run backwards: {spans}")


def _weekdays(part: str) -> list[tuple[int, list[Span]]]:
    found = PART.match(part)
    if not found or found["first"] not in DAYS or (found["last"] or "mon") not in DAYS:
        raise OpeningHoursNotUnderstood(part)
    first = DAYS.index(found["first"])
    last = DAYS.index(found["last"]) if found["last"] else first
    spans = [_span(text.strip()) for text in found["spans"].split(",")]
    return [(weekday, spans) for weekday in range(first, last + 1)]


def _span(text: str) -> Span:
    start, end = (int(moment[:2]) * 60 + int(moment[3:]) for moment in text.split("-"))
    return start, end
