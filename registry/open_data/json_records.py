"""kaardile_kantud_isikud.json, record by record, from a stream of any length.

The file is one array. Each record is decoded by itself with the decoder of the standard library
(written in C, several times as fast as an event parser), so a broken one is set aside and reading
goes on at the next that begins as records do.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from registry.open_data.csv_records import Bad
from registry.open_data.files import BOM, NotOpenData

PART_BYTES = 1 << 20
RECORD_CHARACTERS = 8_000_000
# Farther from the end of what is read than this, a fault is no cut: the record itself is broken.
CUT_CHARACTERS = 100_000
BETWEEN = re.compile(r"[\s,]*")
BEGINNING = re.compile(r'\{\s*"ariregistri_kood"')


class EndsEarly(Exception):
    """The file stops before its array does: a broken download."""


def json_records(stream: IO[bytes], *, after: int = 0) -> Iterator[tuple[int, int, Any]]:
    """Yield number, number and the record or why it is none. Raises NotOpenData, EndsEarly."""
    text = _Text(stream)
    text.begin_array()
    decode = json.JSONDecoder().raw_decode
    number = 0
    while text.at_record():
        number += 1
        record: Any
        try:
            record, text.place = decode(text.held, text.place)
        except json.JSONDecodeError as error:
            if text.is_cut(error):
                text.read_more()
                number -= 1
                continue
            record = Bad("broken_json")
            text.to_next_record()
        except (RecursionError, ValueError):
            record = Bad("broken_json")
            text.to_next_record()
        if number > after:
            yield number, number, record


class _Text:
    """The part of the file that is held, and the place in it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
        self.held = ""
        self.place = 0
        self.is_over = False

    def read_more(self) -> bool:
        part = self.stream.read(PART_BYTES)
        self.is_over = not part
        self.held = self.held[self.place :] + self.decoder.decode(part, final=self.is_over)
        self.place = 0
        return not self.is_over

    def begin_array(self) -> None:
        self.read_more()
        self.held = self.held.removeprefix(BOM.decode()).lstrip()
        if not self.held.startswith("["):
            raise NotOpenData("unknown_content")
        self.place = 1

    def at_record(self) -> bool:
        """Go to the next record; False at the end of the array."""
        while True:
            found = BETWEEN.match(self.held, self.place)
            self.place = found.end() if found else self.place
            if self.place < len(self.held):
                return self.held[self.place] != "]"
            if not self.read_more():
                raise EndsEarly

    def is_cut(self, error: json.JSONDecodeError) -> bool:
        """Whether the record may only have been read in part. At the end of the file it says so."""
        held = len(self.held) - self.place
        near_end = len(self.held) - error.pos < CUT_CHARACTERS or "Unterminated" in error.msg
        if not near_end or held > RECORD_CHARACTERS:
            return False
        if not self.is_over:
            return True
        end = self.held.rstrip()
        ends_well = end.endswith("}]") and error.pos < len(end) - 1
        if ends_well or BEGINNING.search(self.held, self.place + 1):
            return False
        raise EndsEarly

    def to_next_record(self) -> None:
        """Go to where another record seems to begin, or to the end of the file."""
        self.place += 1
        while not (found := BEGINNING.search(self.held, self.place)):
            self.place = max(self.place, len(self.held) - 100)
            if not self.read_more():
                self._to_the_end()
                return
        self.place = found.start()

    def _to_the_end(self) -> None:
        """No record follows: the array is over if its bracket still stands at the end."""
        if not self.held.rstrip().endswith("]"):
            raise EndsEarly
        self.place = len(self.held.rstrip()) - 1
