from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import ContactPoint
from clients.phones import spoken_phone
from common.clock import working_clock
from inquiries.models import CallbackTry, Dialling, Inquiry
from inquiries.queries.listing import rows_of_list

TRIES_BEFORE_ANOTHER_WAY = 3


@dataclass(frozen=True)
class Attempt:
    """A try to call a client back, or a number that was dialled for it."""

    at: datetime
    by: User
    what: str
    note: str = ""


@dataclass(frozen=True)
class OtherNumber:
    """Another number on the client's card, to be tried when the promised one does not answer."""

    value: str
    note: str

    @property
    def shown(self) -> str:
        return spoken_phone(self.value)


@dataclass(frozen=True)
class WaitingCallback:
    """A promise to call back, and how it stands."""

    inquiry: Inquiry
    tries: int  # in vain, with the number that is promised now
    is_late: bool = False
    is_urgent: bool = False  # not late yet, but soon: red before it is too late
    may_keep: bool = False
    may_move: bool = False
    attempts: list[Attempt] = field(default_factory=list)  # the latest first
    other_numbers: list[OtherNumber] = field(default_factory=list)

    @property
    def needs_another_way(self) -> bool:
        return self.tries >= TRIES_BEFORE_ANOTHER_WAY

    @property
    def number_shown(self) -> str:
        return spoken_phone(self.inquiry.callback_number)


def waiting_callbacks(
    *, by: User, at: datetime, is_mine: bool = False, limit: int = 200
) -> list[WaitingCallback]:
    """Return the promises that this person sees, the earliest due first."""
    rows = rows_of_list(Inquiry.objects.visible_to(by).waiting_for_callback())
    if is_mine:
        rows = rows.filter(responsible__in=by.acts_for_ids)
    return _standing(list(rows[:limit]), by, at)


def promise_of(inquiry: Inquiry, *, by: User, at: datetime) -> WaitingCallback:
    """How the promise of one inquiry stands, or how it went."""
    return _standing([inquiry], by, at)[0]


def _standing(promises: list[Inquiry], by: User, at: datetime) -> list[WaitingCallback]:
    tries, dialled = _by_inquiry(CallbackTry, promises), _by_inquiry(Dialling, promises)
    in_vain = {row.pk: _in_vain(row, tries[row.pk]) for row in promises}
    stuck = [row for row in promises if in_vain[row.pk] >= TRIES_BEFORE_ANOTHER_WAY]
    others = _other_numbers(stuck, by)
    return [
        WaitingCallback(
            row,
            in_vain[row.pk],
            **_hurry(row, at),
            may_keep=by.has_perm("inquiries.keep_callback", row),
            may_move=by.has_perm("inquiries.change_inquiry", row),
            attempts=_attempts(tries[row.pk], dialled[row.pk]),
            other_numbers=others[row.pk],
        )
        for row in promises
    ]


def _in_vain(inquiry: Inquiry, tries: Iterable[CallbackTry]) -> int:
    """How often nobody was reached at the number that is promised now."""
    return sum(
        one.result != CallbackTry.Result.ANSWERED and one.number in ("", inquiry.callback_number)
        for one in tries
    )


def _attempts(tries: Iterable[CallbackTry], dialled: Iterable[Dialling]) -> list[Attempt]:
    """All that was done to reach the client, the latest first."""
    made = [Attempt(one.at, one.by, one.get_result_display(), one.note) for one in tries]
    made += [
        Attempt(one.at, one.by, _("Dialled %(number)s") % {"number": spoken_phone(one.number)})
        for one in dialled
    ]
    return sorted(made, key=lambda one: one.at, reverse=True)


def _by_inquiry(model, promises):  # type: ignore[no-untyped-def]
    found = defaultdict(list)
    for row in model.objects.filter(inquiry__in=promises).select_related("by"):
        found[row.inquiry_id].append(row)
    return found


def _hurry(inquiry: Inquiry, at: datetime) -> dict[str, bool]:
    due = inquiry.callback_due_at or at
    left = working_clock().hours_between(at, due)
    is_late = due <= at
    return {
        "is_late": is_late,
        "is_urgent": not is_late and left <= settings.CALLBACK_WARNING_HOURS,
    }


def _other_numbers(stuck: list[Inquiry], by: User) -> dict[int, list[OtherNumber]]:
    found: dict[int, list[OtherNumber]] = defaultdict(list)
    if not stuck or not by.has_perm("clients.view_client"):
        return found
    of_client = defaultdict(list)
    clients = {row.client_id for row in stuck if row.client_id}
    for point in ContactPoint.objects.filter(kind="phone", client__in=clients).order_by("pk"):
        of_client[point.client_id].append(OtherNumber(point.value, point.note))
    for row in stuck:
        numbers = of_client[row.client_id] if row.client_id else []
        found[row.pk] = [one for one in numbers if one.value != row.callback_number]
    return found
