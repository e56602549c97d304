from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q
from django.utils import timezone

from clients.folding import words_of
from documents.kinds import SignerRole
from documents.models import Access, AccessDoubt, Paper, PaperSigner
from documents.queries import organisations_with_access
from registry.models import CardPerson, CheckPerson, Organisation, Status
from registry.representation.roles import NONE

AT_ONCE = 300  # organisations
BY_STATUS: dict[str, AccessDoubt] = {
    Status.DELETED: AccessDoubt.DELETED,
    Status.BANKRUPT: AccessDoubt.BANKRUPT,
    Status.LIQUIDATION: AccessDoubt.LIQUIDATION,
}
Name = tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """Who stands on a card of our copy in a role that may represent, and how old the card is."""

    made_at: datetime
    names: frozenset[Name]


def doubt_accesses(*, at: datetime) -> int:
    """The register's open data were taken over: which accesses may have lost their ground?

    1. Only organisations that hold something open are looked at, some hundred at a time.
    2. One that is deleted, or is no longer in the complete file, bankrupt or in liquidation puts all
       its accesses in doubt.
    3. So does a representative who signed the paper, whom the register named then and whose card, made
       since, does not name any more. The open data hold no codes, so names are compared.
    4. A doubt that is over is taken back. What our copy does not know is not doubted.

    Nothing is ended: a person decides. Returns how many were changed. Safe to run again.
    """
    changed, after = 0, ""
    while codes := organisations_with_access(after=after, limit=AT_ONCE):
        changed += _look_at(codes, at)
        after = codes[-1]
    return changed


def _look_at(codes: list[str], at: datetime) -> int:
    accesses = list(
        Access.objects.filter(organisation_code__in=codes, closed_at=None)
        .select_related("granted_by")
        .prefetch_related(
            Prefetch(
                "granted_by__signers",
                PaperSigner.objects.filter(role=SignerRole.REPRESENTATIVE).defer("personal_code"),
            ),
            "granted_by__representation_check__people",
        )
        .order_by("pk")
    )
    statuses = _statuses(codes)
    signed = {one.pk: _cards_signed_by(one.granted_by) for one in accesses}
    cards = _cards({code for pairs in signed.values() for _name, code in pairs}, at)
    found: dict[str, list[int]] = defaultdict(list)
    for one in accesses:
        doubt = statuses.get(one.organisation_code) or _gone(one.granted_by, signed[one.pk], cards)
        if doubt != one.doubt:
            found[doubt].append(one.pk)
    return sum(_write(doubt, pks, at) for doubt, pks in found.items())


def _statuses(codes: list[str]) -> dict[str, str]:
    rows = Organisation.objects.filter(registry_code__in=codes)
    rows = rows.filter(Q(status__in=list(BY_STATUS)) | Q(missing_since__isnull=False))
    return {
        code: BY_STATUS.get(status, AccessDoubt.DELETED)  # or missing from the complete file
        for code, status in rows.values_list("registry_code", "status")
    }


def _cards_signed_by(paper: Paper) -> list[tuple[Name, str]]:
    """Each representative who signed, and whose card the register had named as his."""
    check = paper.representation_check
    people: Iterable[CheckPerson] = check.people.all() if check else ()
    places = {_name(one.name): one.of_code for one in people if one.represents}
    names = [_name(one.name) for one in paper.signers.all()]
    return [(name, places[name]) for name in names if name in places]


def _cards(codes: set[str], at: datetime) -> dict[str, Card]:
    today = timezone.localdate(at)
    rows = Organisation.objects.filter(registry_code__in=codes, card__isnull=False)
    people = _people_on(rows.values_list("pk", flat=True), today)
    return {
        code: Card(made_at, frozenset(people.get(pk, ())))
        for pk, code, made_at in rows.values_list("pk", "registry_code", "card__source_moment")
    }


def _people_on(organisations: Iterable[int], today: date) -> Mapping[int, set[Name]]:
    standing = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    rows = CardPerson.objects.filter(standing, organisation__in=list(organisations))
    found: dict[int, set[Name]] = defaultdict(set)
    for pk, name in rows.exclude(role__in=NONE).values_list("organisation_id", "name"):
        found[pk].add(_name(name))
    return found


def _gone(paper: Paper, signed: list[tuple[Name, str]], cards: Mapping[str, Card]) -> str:
    check = paper.representation_check
    asked_at = (check.evidence_at or check.requested_at) if check else None
    for name, code in signed:
        card = cards.get(code)
        is_newer = card is not None and asked_at is not None and card.made_at > asked_at
        if card is not None and is_newer and name not in card.names:
            return AccessDoubt.SIGNER_GONE
    return ""


def _name(name: str) -> Name:
    """Spelled alike whatever the case and accents, and whichever of the names comes first."""
    return tuple(sorted(words_of(name)))


def _write(doubt: str, pks: list[int], at: datetime) -> int:
    moment = at if doubt else None
    return Access.objects.filter(pk__in=pks, closed_at=None).update(doubt=doubt, doubted_at=moment)
