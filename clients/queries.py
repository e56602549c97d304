"""Finding clients by whatever a caller says or a phone shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.codes import compact_code, personal_code_hash
from clients.folding import LEGAL_FORMS, fold, name_key, words_of
from clients.models import Client, ClientKey, ContactPoint, DifferentClients, KeyKind
from clients.phones import SHORTEST_PART, bare_number, digits_of, spoken_phone, typed_keys

SHORTEST_WORD = 2
FEWEST_DIGITS, LONGEST_CODE = 4, 20  # of a personal code, a foreign one included
MOST_SHOWN = 12  # cards of one group of possible doubles
PERSONAL_CODE = "personal_code"
# Legal forms begin every third name: a search starts from another word if there is one.
COMMON_WORDS = LEGAL_FORMS | {"sihtasutus", "tulundusuhistu"}


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
    hits = _first_hits(text, by, limit)
    clients = Client.objects.visible_to(by).defer("personal_code").in_bulk(hits)
    contacts: dict[int, list[ContactPoint]] = {}
    for point in ContactPoint.objects.filter(client__in=clients).order_by("-kind", "pk"):
        contacts.setdefault(point.client_id, []).append(point)
    return [
        _match(clients[pk], kind, contacts.get(pk, []))
        for pk, kind in hits.items()
        if pk in clients
    ]


def find_client_ids(text: str, *, by: User, limit: int = 10) -> list[int]:
    """The same clients for a search in what hangs on them: nothing of them is read."""
    return list(_first_hits(text, by, limit))


def _first_hits(text: str, by: User, limit: int) -> dict[int, str]:
    hits: dict[int, str] = {}
    if not by.has_perm("clients.view_client"):
        return hits
    for client_id, kind in _hits(text, limit):
        hits.setdefault(client_id, kind)
        if len(hits) == limit:
            break
    return hits


def _match(client: Client, kind: str, contacts: list[ContactPoint]) -> ClientMatch:
    of_kind = [point for point in contacts if point.kind == kind] or contacts
    return ClientMatch(client, kind, of_kind[0].masked if of_kind else "", contacts)


def _hits(text: str, limit: int) -> Iterator[tuple[int, str]]:
    yield from _by_personal_code(text)
    rows, whole = _start_of(text)
    # A client may stand in several rows of one range (two words, many ends of a number).
    many = limit * 6
    yield from rows.filter(whole).values_list("client_id", "kind")[:many]
    yield from rows.values_list("client_id", "kind")[:many]


def _by_personal_code(text: str) -> Iterator[tuple[int, str]]:
    code = compact_code(text)
    if len(digits_of(code)) < FEWEST_DIGITS or len(code) > LONGEST_CODE or not code.isalnum():
        return
    found = Client.objects.filter(personal_code_hash=personal_code_hash(code)).order_by("pk")
    yield from ((client.survivor.pk, PERSONAL_CODE) for client in found[:5])


def _start_of(text: str) -> tuple[QuerySet[ClientKey], Q]:
    """Return the one range of keys to walk, and the condition for a whole match in it."""
    if _is_number(text):
        return _range(typed_keys(text))
    words = [word for part in text.split() for word in _words_of_part(part)]
    starts = sorted((word for word in words if _may_start(word)), key=_weight, reverse=True)
    rows, whole = _range(starts[:1])
    if not starts:
        return rows, whole
    for word in words:
        if word != starts[0]:
            rows = rows.filter(words__contains=f" {word}")
    return rows, whole


def _range(beginnings: Iterable[str]) -> tuple[QuerySet[ClientKey], Q]:
    anywhere, whole = Q(), Q()
    for beginning in beginnings:
        anywhere |= Q(key__prefix=beginning)
        whole |= Q(key=beginning)
    rows = ClientKey.objects.filter(anywhere) if anywhere else ClientKey.objects.none()
    return rows, whole


def _words_of_part(part: str) -> list[str]:
    return [fold(part).strip("<>,;\"'")] if "@" in part.strip("@") else words_of(part)


def _is_number(text: str) -> bool:
    """Digits and what stands between and around them in a telephone number or a code."""
    bare = bare_number(text)
    return bool(digits_of(bare)) and not any(letter.isalpha() or letter == "@" for letter in bare)


def _may_start(word: str) -> bool:
    return len(word) >= (SHORTEST_PART if word.isdigit() else SHORTEST_WORD)


def _weight(word: str) -> tuple[bool, bool, int]:
    """Words that fewest names begin with come first; a number has no words beside it."""
    return (not word.isdigit(), word not in COMMON_WORDS, len(word))


class DuplicateKind(TextChoices):
    PHONE = "phone", _("the same phone")
    EMAIL = "email", _("the same e-mail")
    REGISTRY_CODE = "registry_code", _("the same registry code")
    NAME = "name", _("the same name")


@dataclass(frozen=True)
class DuplicateGroup:
    """Cards that share a number, an address, a code or a name, and may be one client."""

    kind: str
    value: str
    clients: list[Client]  # the oldest first, at most MOST_SHOWN
    size: int
    apart: frozenset[int] = frozenset()  # of the clients: those marked different from the first

    @property
    def title(self) -> str:
        if self.kind == DuplicateKind.NAME:
            return self.clients[0].name
        return spoken_phone(self.value) if self.kind == DuplicateKind.PHONE else self.value


def find_duplicates(
    kind: str, *, by: User, after: str = "", size: int = 25
) -> list[DuplicateGroup]:
    """Return groups of living cards that share something, in its order, from `after` on.

    A card that was marked different from all others of its group is not in it.
    """
    found: list[DuplicateGroup] = []
    while len(found) < size:
        groups = _groups(kind, by=by, after=after, size=size)
        found += [group for group in groups if len(group.clients) > 1]
        if len(groups) < size:
            break
        after = groups[-1].value
    return found[:size]


def _groups(kind: str, *, by: User, after: str, size: int) -> list[DuplicateGroup]:
    if kind in {DuplicateKind.PHONE, DuplicateKind.EMAIL}:
        rows, column, owner = ContactPoint.objects.filter(kind=kind), "value", "client"
        rows = rows.filter(client__merged_into__isnull=True)
    else:
        column = "name_key" if kind == DuplicateKind.NAME else "registry_code"
        rows, owner = Client.objects.living().exclude(**{column: ""}), "pk"
    shared = (
        rows.filter(**{f"{column}__gt": after})
        .values(column)
        .annotate(cards=Count(owner, distinct=True))
        .filter(cards__gt=1)
        .order_by(column)
        .values_list(column, flat=True)[:size]
    )
    held = rows.filter(**{f"{column}__in": list(shared)}).values_list(column, owner)
    groups: dict[str, set[int]] = {}
    for value, client_id in held:
        groups.setdefault(value, set()).add(client_id)
    apart = _marked_different({pk for members in groups.values() for pk in members})
    groups = {value: _perhaps_one(members, apart) for value, members in groups.items()}
    shown = {value: sorted(members)[:MOST_SHOWN] for value, members in groups.items()}
    ids = {client_id for members in shown.values() for client_id in members}
    clients = Client.objects.visible_to(by).prefetch_related("contact_points").in_bulk(ids)
    found = {value: [clients[pk] for pk in shown[value] if pk in clients] for value in shown}
    return [
        DuplicateGroup(
            kind,
            value,
            found[value],
            len(groups[value]),
            apart=frozenset(pk for pk in shown[value] if {shown[value][0], pk} in apart),
        )
        for value in sorted(found)
    ]


def _marked_different(client_ids: set[int]) -> set[frozenset[int]]:
    pairs = DifferentClients.objects.among(client_ids).values_list("first", "second")
    return {frozenset(pair) for pair in pairs}


def _perhaps_one(members: set[int], apart: set[frozenset[int]]) -> set[int]:
    """Those who may still be one client with another of the group."""
    return {pk for pk in members if any({pk, other} not in apart for other in members - {pk})}


def find_doubles(
    *, name: str, registry_code: str, contacts: Iterable[tuple[str, str]], limit: int = 5
) -> list[Client]:
    """Return living cards that a new one would perhaps repeat; contacts are in their one spelling."""
    alike = Q(name_key=name_key(name)) if name_key(name) else Q()
    if registry_code:
        alike |= Q(registry_code=registry_code)
    found = (
        set(Client.objects.living().filter(alike).values_list("pk", flat=True)[:limit])
        if alike
        else set()
    )
    for kind, value in contacts:
        points = ContactPoint.objects.filter(kind=kind, value=value)
        found |= set(points.values_list("client_id", flat=True)[:limit])
    clients = Client.objects.living().filter(pk__in=found).prefetch_related("contact_points")
    return list(clients.order_by("pk")[:limit])
