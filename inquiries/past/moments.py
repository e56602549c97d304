"""Moments as tables have them: a cell of a workbook, or text in the shapes that people and systems write."""

import datetime as dt
import re
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from clients.folding import fold
from inquiries.past.tables import Cell, Unusable

EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001  # of a spreadsheet's count of days, without a zone
CLOCK = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?"
ZONE = r"(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?"
TAIL = rf"(?:\s*[T,]?\s*(?:kell\s+|at\s+|в\s+)?{CLOCK}\s*{ZONE})?\s*(?:g\.?|г\.?)?"
YEAR_FIRST = re.compile(
    rf"(?P<year>\d{{4}})[-./](?P<month>\d{{1,2}})[-./](?P<day>\d{{1,2}}){TAIL}", re.IGNORECASE
)
YEAR_LAST = re.compile(
    rf"(?P<one>\d{{1,2}})[-./](?P<two>\d{{1,2}})[-./](?P<year>\d{{4}}|\d{{2}})\.?{TAIL}",
    re.IGNORECASE,
)
DAY_MONTH = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.\-]+(?P<word>[^\W\d_]+)[\s.,\-]+(?P<year>\d{{4}})\.?(?:\s*(?:a|г|aasta)\b\.?)?{TAIL}",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"(?P<word>[^\W\d_]+)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){TAIL}",
    re.IGNORECASE,
)
NUMBER = re.compile(r"\d{4,6}(?:[.,]\d+)?")
SECONDS = re.compile(r"\d{10}|\d{13}")
ONLY_CLOCK = re.compile(CLOCK, re.IGNORECASE)
BOTH = re.compile(r"\D*(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}")

MONTHS = {
    fold(beginning): number
    for number, beginnings in enumerate(
        (
            ("jaan", "jan", "янв"),
            ("veebr", "feb", "фев"),
            ("märts", "mar", "мар"),
            ("apr", "апр"),
            ("mai", "may", "май", "мая"),
            ("juuni", "jun", "июн"),
            ("juuli", "jul", "июл"),
            ("aug", "авг"),
            ("sept", "sep", "сен"),
            ("okt", "oct", "окт"),
            ("nov", "ноя"),
            ("dets", "dec", "дек"),
        ),
        start=1,
    )
    for beginning in beginnings
}


def guess_day_first(cells: Iterable[Cell]) -> bool:
    """Estonian and Russian tables put the day first; American ones betray themselves by a 13 in second place."""
    places = [match.groups() for cell in cells if (match := BOTH.match(str(cell)))]
    day_first = sum(1 for one, _two in places if int(one) > 12)
    month_first = sum(1 for _one, two in places if int(two) > 12)
    return day_first >= month_first


def read_moment(
    cell: Cell,
    clock: Cell = "",
    *,
    day_first: bool,
    zone: ZoneInfo,
    now: dt.datetime,
    field: str,
    after: dt.datetime | None = None,
) -> dt.datetime:
    """Return the moment, in UTC. A zone that stands in the text goes before the given one.

    `clock` is the cell of a column of its own for the time of day. In the hour that comes twice in
    autumn the first one is taken, in summer time, unless the moment would lie before `after`.
    Raises Unusable.
    """
    moment = _moment(cell, day_first)
    if moment is None:
        raise Unusable("not_a_date", field, str(cell))
    if clock != "" and moment.tzinfo is None:
        moment = dt.datetime.combine(moment.date(), _clock(clock))
    try:
        aware = _aware(moment, zone, after)
    except OverflowError as error:
        raise Unusable("not_a_date", field, str(cell)) from error
    if aware < EARLIEST:
        raise Unusable("too_old", field, str(cell))
    if aware > now:
        raise Unusable("in_the_future", field, str(cell))
    return aware


def _aware(moment: dt.datetime, zone: ZoneInfo, after: dt.datetime | None) -> dt.datetime:
    if moment.tzinfo is not None:
        return moment.astimezone(dt.UTC)
    first = moment.replace(tzinfo=zone).astimezone(dt.UTC)
    if after is None or first >= after:
        return first
    return moment.replace(tzinfo=zone, fold=1).astimezone(dt.UTC)


def _clock(cell: Cell) -> dt.time:
    if isinstance(cell, dt.datetime):
        return cell.time()
    if isinstance(cell, dt.time):
        return cell.replace(tzinfo=None)
    match = ONLY_CLOCK.fullmatch(str(cell).strip())
    try:
        if match:
            return dt.time(*_hands(match))
        share = float(str(cell).replace(",", "."))
        if 0 <= share < 1:
            return (DAY_ZERO + dt.timedelta(days=share)).time().replace(microsecond=0)
    except ValueError:
        pass
    raise Unusable("not_a_time", "started_time", str(cell))


def _moment(cell: Cell, day_first: bool) -> dt.datetime | None:
    if isinstance(cell, dt.datetime):
        return cell.replace(microsecond=0)
    if isinstance(cell, dt.date):
        return dt.datetime.combine(cell, dt.time())
    if isinstance(cell, dt.time):
        return None
    text = " ".join(cell.split())
    try:
        return _counted(text) or _written(text, day_first)
    except (ValueError, OverflowError, OSError):
        return None


def _counted(text: str) -> dt.datetime | None:
    """Seconds since 1970, or days as a spreadsheet counts them."""
    if SECONDS.fullmatch(text):
        return dt.datetime.fromtimestamp(int(text[:10]), dt.UTC)
    if NUMBER.fullmatch(text):
        days = float(text.replace(",", "."))
        if days > 30_000:  # the year 1982
            return _whole_second(DAY_ZERO + dt.timedelta(days=days))
    return None


def _whole_second(moment: dt.datetime) -> dt.datetime:
    return (moment + dt.timedelta(milliseconds=500)).replace(microsecond=0)


def _written(text: str, day_first: bool) -> dt.datetime | None:
    for pattern in (YEAR_FIRST, YEAR_LAST, DAY_MONTH, MONTH_DAY):
        match = pattern.fullmatch(text)
        if match:
            return dt.datetime(*_day(match, day_first), *_hands(match), tzinfo=_zone(match))
    return None


def _day(match: re.Match[str], day_first: bool) -> tuple[int, int, int]:
    parts = match.groupdict()
    year = int(parts["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        is_day_first = day_first if max(one, two) <= 12 else one > 12
        return (year, two, one) if is_day_first else (year, one, two)
    month = int(parts["month"]) if "month" in parts else _month(parts["word"])
    return year, month, int(parts["day"])


def _month(word: str) -> int:
    """Raises ValueError."""
    folded = fold(word)
    for beginning in sorted(MONTHS, key=len, reverse=True):
        if folded.startswith(beginning):
            return MONTHS[beginning]
    raise ValueError(word)


def _hands(match: re.Match[str]) -> tuple[int, int, int]:
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    half = (match["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return hour, minute, second


def _zone(match: re.Match[str]) -> dt.tzinfo | None:
    text = (match["zone"] or "").lower()
    if not text:
        return None
    if text in {"z", "utc", "gmt"}:
        return dt.UTC
    sign = -1 if text[0] == "-" else 1
    return dt.timezone(sign * dt.timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))
