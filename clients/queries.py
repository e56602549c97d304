"""Finding clients by whatever a caller says or a phone shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from accounts.models import User
from clients.codes import compact_code, personal_code_hash
from clients.folding import fold, words_of
from clients.models import Client, ClientKey, ContactPoint, KeyKind
from clients.phones import SHORTEST_PART, digits_of, typed_keys

SHORTEST_WORD = 2
PERSONAL_CODE = "personal_code"
# Legal forms begin every third name: a search starts from another word if there is one.
COMMON_WORDS = {"as", "fie", "ky", "mtu", "ou", "sa", "sihtasutus", "tu", "tulundusuhistu", "uu"}


@dataclass(frozen=True)
class ClientMatch:
    """A client that fits what was typed, and why."""

    client: Client
    matched_by: str  # a KeyKind, or PERSONAL_CODE
    contact: str  # masked, "" if the client has none
    contacts: list[ContactPoint] = field(default_factory=list)

    @property
    def why(self) -> str:
        if self.matched_by == PERSONAL_CODE:
            return str(Client._meta.get_field("personal_code").verbose_name)
        return str(KeyKind(self.matched_by).label)


def find_clients(text: str, *, by: User, limit: int = 10) -> list[ClientMatch]:
    """Return the clients that fit all that was typed, whole words before beginnings.

    Names in any order and without diacritics, numbers in any spelling and in part from five digits
    on, e-mail addresses, registry codes; a personal code only whole.
    """
    if not by.has_perm("clients.view_client"):
        return []
    hits: dict[int, str] = {}
    for client_id, kind in _hits(text, limit):
        hits.setdefault(client_id, kind)
        if len(hits) == limit:
            break
    clients = Client.objects.visible_to(by).in_bulk(hits)
    contacts: dict[int, list[ContactPoint]] = {}
    for point in ContactPoint.objects.filter(client__in=clients).order_by("-kind", "pk"):
        contacts.setdefault(point.client_id, []).append(point)
    return [
        _match(clients[pk], kind, contacts.get(pk, []))
        for pk, kind in hits.items()
        if pk in clients
    ]


def _match(client: Client, kind: str, contacts: list[ContactPoint]) -> ClientMatch:
    of_kind = [point for point in contacts if point.kind == kind] or contacts
    return ClientMatch(client, kind, of_kind[0].masked if of_kind else "", contacts)


def _hits(text: str, limit: int) -> Iterator[tuple[int, str]]:
    yield from _by_personal_code(text)
    start = _start_of(text)
    if start is None:
        return
    rows, whole = start
    # A client may stand in several rows of one range (two words, many ends of a number).
    many = limit * 6
    yield from rows.filter(whole).values_list("client_id", "kind")[:many]
    yield from rows.values_list("client_id", "kind")[:many]


def _by_personal_code(text: str) -> Iterator[tuple[int, str]]:
    code = compact_code(text)
    if len(code) < 5 or not code.isalnum() or not any(letter.isdigit() for letter in code):
        return
    found = Client.objects.living().filter(personal_code_hash=personal_code_hash(code))
    yield from ((pk, PERSONAL_CODE) for pk in found.values_list("pk", flat=True)[:2])


def _start_of(text: str) -> tuple[QuerySet[ClientKey], Q] | None:
    """Return the one range of keys to walk, and the condition for a whole match in it."""
    if _is_number(text):
        return _range(typed_keys(text))
    words = [word for part in text.split() for word in _words_of_part(part)]
    starts = sorted((word for word in words if _may_start(word)), key=_weight, reverse=True)
    if not starts:
        return None
    rows, whole = _range(starts[:1])
    for word in words:
        if word != starts[0]:
            rows = rows.filter(words__contains=f" {word}")
    return rows, whole


def _range(beginnings: Iterable[str]) -> tuple[QuerySet[ClientKey], Q] | None:
    anywhere, whole = Q(), Q()
    for beginning in beginnings:
        anywhere |= Q(key__prefix=beginning)
        whole |= Q(key=beginning)
    return (ClientKey.objects.filter(anywhere), whole) if anywhere else None


def _words_of_part(part: str) -> list[str]:
    return [fold(part).strip("<>,;\"'")] if "@" in part.strip("@") else words_of(part)


def _is_number(text: str) -> bool:
    """Digits and what stands between them in a telephone number or a code."""
    return bool(digits_of(text)) and not any(letter.isalpha() or letter == "@" for letter in text)


def _may_start(word: str) -> bool:
    return len(word) >= (SHORTEST_PART if word.isdigit() else SHORTEST_WORD)


def _weight(word: str) -> tuple[bool, bool, int]:
    """Words that fewest names begin with come first; a number has no words beside it."""
    return (not word.isdigit(), word not in COMMON_WORDS, len(word))
