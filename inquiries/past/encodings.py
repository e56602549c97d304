"""Which encoding a text file is in, and what parts its cells."""

import codecs
import csv
import re
from collections import Counter

from common.file_types.tables import utf16_of

ENCODINGS = ("utf-8", "cp1257", "cp1251", "cp1252", "utf-16", "utf-16-le", "utf-16-be")
DELIMITERS = (";", ",", "\t", "|")
# Russian stands in runs of these bytes; letters of Estonian stand alone among plain ones.
LETTERS = re.compile(rb"[\xa8\xb8\xc0-\xff]+")
RUN = 3
ONLY_WESTERN = re.compile(
    rb"[\x8a\x9a\x9c\x9f]"
)  # š of Western Windows; no letters in the Baltic one
SAMPLE_ROWS = 60


def guess_encoding(content: bytes) -> str:
    """Return one of ENCODINGS; whatever the bytes are, it is a guess that a person can mend."""
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8"
    if two_bytes := utf16_of(content):
        return two_bytes
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte(content)
    return "utf-8"


def _one_byte(content: bytes) -> str:
    lengths = Counter(len(run) for run in LETTERS.findall(content))
    in_runs = sum(length * times for length, times in lengths.items() if length >= RUN)
    alone = sum(length * times for length, times in lengths.items() if length < RUN)
    if in_runs > alone:
        return "cp1251"
    return "cp1252" if ONLY_WESTERN.search(content) else "cp1257"


def decoded(content: bytes, encoding: str) -> str:
    """Return the text; bytes that are no letters of the encoding become U+FFFD, which readers set aside."""
    text = content.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace")
    return text.removeprefix("\ufeff")


def guess_delimiter(text: str) -> str:
    """Return what gives the first rows most cells most evenly."""
    sample = text[:100_000].splitlines(keepends=True)[: SAMPLE_ROWS * 5]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: list[str], delimiter: str) -> tuple[float, int]:
    widths: Counter[int] = Counter()
    try:
        for row in csv.reader(sample, delimiter=delimiter):
            if any(cell.strip() for cell in row):
                widths[len(row)] += 1
            if widths.total() >= SAMPLE_ROWS:
                break
    except csv.Error:
        pass  # what was read until then is sample enough
    wide = {width: times for width, times in widths.items() if width > 1}
    if not wide:
        return 0.0, 0
    width, times = max(wide.items(), key=lambda item: (item[1], item[0]))
    return times / widths.total(), width
