"""What a colleague has open when somebody steps in: each app above says it for its own work.

An app registers in its AppConfig.ready(): `handover.register("inquiries.open", label, count)`.
Nothing is moved: while the substitution runs, the substitute sees and does what is the colleague's
own, because `user.acts_for_ids` holds both. The figures are for showing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

Count = Callable[[int], int]  # the person's id -> how many are open


@dataclass(frozen=True)
class OpenWork:
    code: str
    label: Promise | str
    count: Count


_KINDS: dict[str, OpenWork] = {}


def register(code: str, label: Promise | str, count: Count) -> None:
    _KINDS[code] = OpenWork(code, label, count)


def open_work_of(user_id: int) -> dict[str, int]:
    return {kind.code: kind.count(user_id) for kind in _KINDS.values()}


def labelled(counts: dict[str, int]) -> list[tuple[Promise | str, int]]:
    """The kinds in words, for those of which there is any."""
    return [
        (_KINDS[code].label if code in _KINDS else code, count)
        for code, count in counts.items()
        if count
    ]
