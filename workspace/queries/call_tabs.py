"""The tabs of the call screen: a person's open drafts, the oldest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from clients.models import Client
from inquiries.models import MOST_OPEN, InquiryDraft
from inquiries.typed import is_id
from knowledge.models import Topic

DRAFTS_AT_HAND = 20  # with the empty ones, which tabs leave out


@dataclass(frozen=True)
class Tab:
    """One open draft: who or what it is about, whether the call is over, how old it is."""

    key: UUID
    name: str
    wrapping_up_for: int | None  # seconds since the call's end
    age: int  # seconds
    version: int
    is_current: bool
    digit: int | None  # of its shortcut

    @property
    def is_wrapping_up(self) -> bool:
        return self.wrapping_up_for is not None


def drafts_at_hand(user: User, key: UUID | None = None) -> list[InquiryDraft]:
    """The drafts begun last, and the one asked for, in the order they were begun."""
    drafts = InquiryDraft.objects.of(user).select_related("passing__by")
    newest = drafts.reverse().values("pk")[:DRAFTS_AT_HAND]
    return list(drafts.filter(Q(pk=key) | Q(pk__in=newest)))


def drafts_of(user: User) -> list[InquiryDraft]:
    """The drafts in which something is written."""
    return [draft for draft in drafts_at_hand(user) if not draft.is_empty]


def has_room(user: User) -> bool:
    """Whether another contact may be begun beside those that are open."""
    return len(drafts_of(user)) < MOST_OPEN


def tabs_of(
    drafts: Iterable[InquiryDraft],
    *,
    by: User,
    at: datetime,
    current: InquiryDraft | None = None,
    names: Mapping[UUID, str] | None = None,
) -> list[Tab]:
    """Return the tabs of the drafts; the current one has its tab even while it is empty.

    `names` holds those that the caller knows, so that one draft alone costs no query.
    """
    shown = [draft for draft in drafts if not draft.is_empty or draft == current]
    if current and current not in shown:
        shown.append(current)
    names = {
        **_names([draft for draft in shown if draft.key not in (names or {})], by),
        **(names or {}),
    }
    return [
        Tab(
            key=draft.key,
            name=names[draft.key],
            wrapping_up_for=_seconds(draft.ended_at, at) if draft.ended_at else None,
            age=_seconds(draft.started_at, at),
            version=draft.version,
            is_current=draft == current,
            digit=place if place <= MOST_OPEN else None,
        )
        for place, draft in enumerate(shown, start=1)
    ]


def _seconds(since: datetime, at: datetime) -> int:
    return max(0, int((at - since).total_seconds()))


def name_of(typed: Mapping[str, Any], *, client: str = "", topic: str = "") -> str:
    """The client, else what was typed to find one, the number, the topic."""
    return client or typed.get("caller_lookup") or typed.get("caller_number") or topic or ""


def _names(drafts: list[InquiryDraft], by: User) -> dict[UUID, str]:
    """A topic is looked up for a draft that nothing else names."""
    clients = _by_id(Client.objects.visible_to(by), drafts, "client")
    names = {
        draft.key: name_of(draft.typed, client=clients.get(str(draft.typed.get("client", "")), ""))
        for draft in drafts
    }
    nameless = [draft for draft in drafts if not names[draft.key]]
    topics = _by_id(Topic.objects.all(), nameless, "topic")
    return names | {
        draft.key: topics.get(str(draft.typed.get("topic", "")), "") for draft in nameless
    }


def _by_id(records: Any, drafts: list[InquiryDraft], name: str) -> dict[str, str]:
    ids = {str(draft.typed.get(name, "")) for draft in drafts}
    wanted = [int(pk) for pk in ids if is_id(pk)]
    if not wanted:
        return {}
    return {str(pk): str(record) for pk, record in records.in_bulk(wanted).items()}
