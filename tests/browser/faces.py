"""The twelve faces of a page: language, theme and size; and which of them is today's turn."""

import datetime as dt
import itertools
from dataclasses import dataclass

LANGUAGES = ("et", "en", "ru")
THEMES = ("light", "dark")
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@dataclass(frozen=True)
class Face:
    language: str
    theme: str
    size: str

    @property
    def viewport(self):
        return SIZES[self.size]

    def __str__(self):
        return f"{self.language}-{self.theme}-{self.size}"


ALL_FACES = [Face(*face) for face in itertools.product(LANGUAGES, THEMES, SIZES)]


def face_of_the_day(place):
    """Another face for each page, and for each page another one every day."""
    return ALL_FACES[(dt.date.today().toordinal() * 5 + place * 7) % len(ALL_FACES)]  # noqa: DTZ011
