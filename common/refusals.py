"""An expected «no», put into words in the reader's language where it is shown."""

from typing import Any, ClassVar

from django.utils.functional import Promise


class Refusal(Exception):
    """Base of every expected refusal.

    A subclass sets `code`, which never changes, and `sentence`, a lazy translation whose named
    placeholders are filled from the keyword arguments. A worker has no language: str() is called
    only where a person reads it.
    """

    code: ClassVar[str] = "refused"
    sentence: ClassVar[Promise | str] = ""

    def __init__(self, **parameters: Any) -> None:
        super().__init__(self.code, parameters)
        self.parameters = parameters

    def __str__(self) -> str:
        return str(self.sentence) % self.parameters
