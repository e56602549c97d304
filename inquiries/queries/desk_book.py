"""Who of the staff is meant by what an exchange says: an extension, a number, a login or a name."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import User
from clients.folding import words_of
from clients.phones import digits_of
from inquiries.phone_numbers import known_number


@dataclass(frozen=True)
class DeskBook:
    """The staff by what exchanges call them. What two people share names neither."""

    by_number: dict[str, int | None] = field(default_factory=dict)
    by_name: dict[str, int | None] = field(default_factory=dict)
    found: dict[str, int | None] = field(default_factory=dict)  # asked before

    def find(self, *told: str) -> int | None:
        """The first of these that names one member of staff: numbers before names."""
        for text in filter(None, told):
            if text not in self.found:
                self.found[text] = self._look_up(text)
            if (found := self.found[text]) is not None:
                return found
        return None

    def _look_up(self, text: str) -> int | None:
        if _is_number(text):
            for number in (digits_of(text), known_number(text)):
                if (found := self.by_number.get(number)) is not None:
                    return found
        return self.by_name.get(_name_key(text))

    def find_all(self, told: Iterable[str]) -> list[int]:
        found = (self.find(text) for text in told)
        return list(dict.fromkeys(user_id for user_id in found if user_id is not None))


def desk_book() -> DeskBook:
    """Read the staff once, for one event or for a whole file of records."""
    people = User.objects.filter(is_active=True)
    columns = ("pk", "username", "first_name", "last_name", "phone", "extension")
    book = DeskBook()
    extensions: dict[str, int] = {}
    for pk, username, first, last, phone, extension in people.values_list(*columns):
        if extension:
            extensions[digits_of(extension)] = pk
        if phone:
            _put(book.by_number, known_number(phone), pk)
            _put(book.by_number, digits_of(phone), pk)
        _put(book.by_name, _name_key(username), pk)
        _put(book.by_name, _name_key(f"{first} {last}"), pk)
    book.by_number.update(extensions)
    return book


def _put(names: dict[str, int | None], name: str, pk: int) -> None:
    if name:
        names[name] = None if names.get(name, pk) != pk else pk


def _name_key(text: str) -> str:
    return " ".join(sorted(words_of(text)))


def _is_number(text: str) -> bool:
    return bool(digits_of(text)) and not any(letter.isalpha() for letter in text)
