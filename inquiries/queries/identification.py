"""How far a caller is known, and what that lets be spoken of."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import cache

from clients.models import ContactPoint
from inquiries.models import IdentificationRule, IdentifiedHow, Inquiry, SpokenOf
from inquiries.states import InquiryState
from inquiries.typed import Typed, as_text, calls_back

RULES = "identification-rules"
READ_FOR_SECONDS = 15 * 60


@dataclass(frozen=True)
class Advice:
    """One kind of information, what it needs, and whether the caller is known so well."""

    spoken_of: SpokenOf
    needs: IdentifiedHow
    is_enough: bool


def advice_at(how: str, *, only: SpokenOf | None = None) -> list[Advice]:
    """Return what may be spoken of at this level, and what needs more."""
    level = IdentifiedHow(how) if how in IdentifiedHow.values else IdentifiedHow.NOT
    least = _least()
    return [
        Advice(one, IdentifiedHow(least[one]), IdentifiedHow(least[one]).rank <= level.rank)
        for one in SpokenOf
        if one in least and only in (None, one)
    ]


def _least() -> dict[str, str]:
    """The rules by what is spoken of: few, seldom changed, asked for on every opening of the page."""

    def read() -> dict[str, str]:
        return dict(IdentificationRule.objects.values_list("spoken_of", "least"))

    return cache.get_or_set(RULES, read, READ_FOR_SECONDS) or {}


def read_rules_anew() -> None:
    """The administrator has changed a rule."""
    cache.delete(RULES)


def known_by_itself(
    typed: Typed, *, points: Iterable[ContactPoint], follows: Inquiry | None
) -> IdentifiedHow:
    """How far the chosen client is known before anything is asked.

    Called back: at the number that was promised. Known number: the call comes from one on the card.
    """
    number = as_text(typed.get("caller_number"))
    if follows is not None and _keeps(follows, typed) and number == follows.callback_number:
        return IdentifiedHow.CALLED_BACK
    if number and any(point.is_phone and point.value == number for point in points):
        return IdentifiedHow.NUMBER
    return IdentifiedHow.NOT


def _keeps(follows: Inquiry, typed: Typed) -> bool:
    """The contact calls the client back to whom that was promised."""
    is_same_client = as_text(typed.get("client")) in ("", str(follows.client_id or ""))
    return (
        follows.state == InquiryState.CALLBACK
        and calls_back(typed) == follows.pk
        and is_same_client
    )
