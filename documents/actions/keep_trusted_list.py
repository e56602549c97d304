import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from documents.list_problems import (
    ListNotReadable,
    ListOfListsUnverified,
    ListSignatureWrong,
    NumberUsedTwice,
    OlderList,
    OtherStore,
)
from documents.models import TrustedList, TrustedListSource
from documents.models.trusted_list import TrustedListQuerySet, packed
from documents.models.trusted_list_source import LIST_OF_LISTS
from documents.signatures import ListUnreadable, TrustList, read_trust_list
from documents.signatures.certificate import Certificate
from documents.signatures.list_signature import ListNotGenuine, signer_of_list
from documents.trust_words import ListKind, Store, Verification

TERRITORY = re.compile(r"[A-Z][A-Z0-9_-]{1,9}")
# Test lists have a territory of their own, as EE_T. Codes with an X are no country's.
LIKE_A_COUNTRY = re.compile(r"[A-Z]{2}")
COUNTRY = re.compile(r"[A-WYZ][A-Z]")


@dataclass(frozen=True)
class Proof:
    """By what a list is believed: its signer, or the reason of whoever vouches for it."""

    signer: Certificate | None = None
    named_by: TrustedList | None = None
    reason: str = ""

    @property
    def verification(self) -> Verification:
        if self.signer is None:
            return Verification.AS_IT_IS
        return Verification.NAMED if self.named_by else Verification.CONFIGURED

    def as_fields(self) -> dict[str, object]:
        return {
            "verification": self.verification,
            "signer_name": self.signer.name[:300] if self.signer else "",
            "signer_sha256": self.signer.sha256 if self.signer else "",
            "named_by": self.named_by,
            "reason": self.reason[:300],
        }


def read_list(content: bytes) -> TrustList:
    """Return what the list says of itself. Raises ListNotReadable."""
    try:
        return read_trust_list(content)
    except ListUnreadable as error:
        raise ListNotReadable(str(error)) from error


def verified_signer(content: bytes, signers: Iterable[Certificate]) -> Certificate:
    """Return who of the signers signed the list. Raises ListNotReadable or ListSignatureWrong."""
    try:
        return signer_of_list(content, signers)
    except ListUnreadable as error:
        raise ListNotReadable(str(error)) from error
    except ListNotGenuine as error:
        raise ListSignatureWrong(str(error)) from error


def keep_trusted_list(
    *, store: str, source: str, content: bytes, proof: Proof, at: datetime
) -> TrustedList:
    """A list that was fetched or brought by hand is kept and from now on believed.

    1. Refuse what does not belong into this store, and a list of lists that nobody verified.
    2. One list at a time: of two that come at once the second meets the first.
    3. The very list that is in force is only noted as seen again; verified at last, it says so.
    4. Refuse an older one, and another one under the same number. A verified list takes the place
       of one that was believed as it is, whatever their numbers say.
    5. Keep it as the one in force; the former stays in the history.

    Raises a ListProblem; then nothing has changed.
    """
    facts = read_list(content)
    kind = ListKind.LISTS if facts.is_list_of_lists else ListKind.SERVICES
    sha256 = hashlib.sha256(content).hexdigest()
    _check_place(store, facts, sha256, proof)
    with transaction.atomic():
        _lock(store, kind, facts.territory)
        rows = TrustedList.objects.filter(store=store, kind=kind)
        if kind == ListKind.SERVICES:
            rows = rows.filter(territory=facts.territory)
        known = rows.filter(sha256=sha256).first()
        if known and known.is_current:
            return _seen_again(known, proof, at)
        _check_number(rows, facts.sequence, proof, is_known=known is not None)
        rows.filter(is_current=True).update(is_current=False)
        if known:
            return _back_in_force(known, proof, at)
        return TrustedList.objects.create(
            store=store,
            kind=kind,
            territory=facts.territory,
            source=source[:500],
            sequence=facts.sequence,
            issued_at=facts.issued_at,
            next_update=facts.next_update,
            sha256=sha256,
            size=len(content),
            content=packed(content),
            fetched_at=at,
            checked_at=at,
            **proof.as_fields(),
        )


def _check_place(store: str, facts: TrustList, sha256: str, proof: Proof) -> None:
    if not TERRITORY.fullmatch(facts.territory):
        raise ListNotReadable("territory")
    if facts.is_list_of_lists and proof.signer is None:
        raise ListOfListsUnverified
    if store == Store.LIVE and not LIKE_A_COUNTRY.fullmatch(facts.territory):
        raise OtherStore(facts.territory)
    if store == Store.TEST and not facts.is_list_of_lists and COUNTRY.fullmatch(facts.territory):
        raise OtherStore(facts.territory)
    if TrustedList.objects.filter(sha256=sha256).exclude(store=store).exists():
        raise OtherStore


def _lock(store: str, kind: str, territory: str) -> None:
    of = LIST_OF_LISTS if kind == ListKind.LISTS else territory
    TrustedListSource.objects.get_or_create(store=store, territory=of)
    TrustedListSource.objects.select_for_update(of=("self",)).get(store=store, territory=of)


def _check_number(
    rows: TrustedListQuerySet, sequence: int, proof: Proof, *, is_known: bool
) -> None:
    """Held against all that were ever verified, so that an old one never comes back."""
    rivals = rows.verified() if proof.signer else rows.filter(is_current=True)
    newest = rivals.order_by("-sequence").values_list("sequence", flat=True).first()
    if newest is None:
        return
    if sequence < newest:
        raise OlderList(f"{sequence} < {newest}")
    if sequence == newest and not is_known:
        raise NumberUsedTwice(str(sequence))


def _seen_again(known: TrustedList, proof: Proof, at: datetime) -> TrustedList:
    changed: dict[str, object] = {"checked_at": at}
    if proof.signer is not None and not known.is_verified:
        changed |= proof.as_fields()
    return _written(known, changed)


def _back_in_force(known: TrustedList, proof: Proof, at: datetime) -> TrustedList:
    changed: dict[str, object] = {"checked_at": at, "is_current": True}
    if proof.signer is not None:
        changed |= proof.as_fields()
    return _written(known, changed)


def _written(known: TrustedList, changed: dict[str, object]) -> TrustedList:
    for name, value in changed.items():
        setattr(known, name, value)
    known.save(update_fields=list(changed))
    return known
