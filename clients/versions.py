"""The versions of a card in words: what was changed, by whom and when."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clients.countries import country_name
from clients.models import Client, ClientLanguage, ConfirmedHow, ContactPoint
from clients.models.contact_point import ContactKind

SHOWN = 60


@dataclass
class Version:
    at: datetime
    by: str
    sentences: list[str] = field(default_factory=list)


def versions_of(client: Client) -> list[Version]:
    """Return the newest versions of the card and of its contact points, the newest first."""
    cards = client.history.select_related("history_user").order_by("-history_id")[: SHOWN + 1]
    points = (
        ContactPoint.history.filter(client_id=client.pk)
        .select_related("history_user")
        .order_by("-history_id")[: SHOWN + 1]
    )
    told = [*_told(list(cards), _card_sentences), *_told_points(points)]
    return sorted(told, key=lambda version: version.at, reverse=True)[:SHOWN]


def _told(newest_first: list[Any], sentences: Any) -> Iterator[Version]:
    before = [*newest_first[1:], None]  # longer by one where nothing was ever written
    for now, old in zip(newest_first, before, strict=False):
        said = list(sentences(now, old))
        if said:
            yield Version(now.history_date, str(now.history_user or ""), said)


def _told_points(points: Iterable[Any]) -> Iterator[Version]:
    by_point: dict[int, list[Any]] = {}
    for version in points:
        by_point.setdefault(version.id, []).append(version)
    for versions in by_point.values():
        yield from _told(versions, _point_sentences)


def _card_sentences(now: Any, old: Any) -> Iterator[str]:
    if now.history_type == "+":
        yield _("The card was made.")
        return
    if old is None:
        return
    for label, text in (
        (pgettext("client", "Name"), lambda card: card.name),
        (_("Registry code"), lambda card: card.registry_code),
        (_("Foreign identifier"), lambda card: card.foreign_code),
        (_("Country"), lambda card: country_name(card.country)),
        (_("Language"), lambda card: str(ClientLanguage(card.language).label)),
        (_("Note for the next call"), lambda card: card.pinned_note),
    ):
        if text(now) != text(old):
            yield _change(label, text(old), text(now))
    if now.personal_code_hash != old.personal_code_hash:
        yield _("The personal code was changed.")
    if now.merged_into_id != old.merged_into_id:
        yield _("Merged into another card.") if now.merged_into_id else _("The merge was undone.")
    if now.history_change_reason == "merge":
        yield _("Another card was merged into this one.")


def _point_sentences(now: Any, old: Any) -> Iterator[str]:
    shown = ContactPoint(kind=now.kind, value=now.value).shown
    kind = ContactKind(now.kind).label
    if now.history_type == "+":
        yield _("%(kind)s %(value)s was added.") % {"kind": kind, "value": shown}
    elif now.history_type == "-":
        yield _("%(kind)s %(value)s was removed.") % {"kind": kind, "value": shown}
    elif old is not None:
        if now.value != old.value:
            yield _change(str(kind), ContactPoint(kind=old.kind, value=old.value).shown, shown)
        if now.confirmed_at and now.confirmed_at != old.confirmed_at:
            how = ConfirmedHow(now.confirmed_how).label
            yield _("%(value)s works: %(how)s.") % {"value": shown, "how": how}
        if now.note != old.note:
            yield _change(shown, old.note, now.note)


def _change(label: str, before: str, after: str) -> str:
    parts = {"field": label, "before": before, "after": after}
    if not before:
        return _("%(field)s: “%(after)s” was written.") % parts
    if not after:
        return _("%(field)s: “%(before)s” was taken away.") % parts
    return _("%(field)s: “%(before)s” became “%(after)s”.") % parts
