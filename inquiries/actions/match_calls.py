from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from inquiries.actions.link_call import keep_recording
from inquiries.models import Inquiry, LinkedHow, PhoneCall
from inquiries.queries.phone_calls import CALL_CHANNELS, WINDOW, matchable_calls, without_call

# What was written down may have been begun before the call was answered, or after it was over.
LEEWAY = timedelta(minutes=2)


@dataclass(frozen=True)
class Pair:
    """A call and an inquiry that may be one contact."""

    call: PhoneCall
    inquiry: Inquiry

    @property
    def keys(self) -> tuple[object, object]:
        return self.call.pk, self.inquiry.key

    @property
    def has_same_number(self) -> bool:
        return bool(self.call.number) and self.call.number == self.inquiry.caller_number

    @property
    def apart(self) -> timedelta:
        return abs((self.call.answered_at or self.call.rang_at) - self.inquiry.started_at)

    @property
    def fits(self) -> bool:
        """The same number, or one of the two unknown; and a time in common."""
        numbers = {self.call.number, self.inquiry.caller_number} - {""}
        begins = self.call.answered_at or self.call.rang_at
        ends = self.call.ended_at or begins
        over = self.inquiry.ended_at or self.inquiry.wrapped_up_at
        return (
            len(numbers) < 2
            and self.inquiry.started_at <= ends + LEEWAY
            and over >= begins - LEEWAY
        )


def match_calls(*, at: datetime) -> int:
    """Calls and inquiries that nobody linked are matched by the rule.

    1. Of the last days, take the answered calls without an inquiry and the inquiries by phone
       without a call; what a person parted stays apart.
    2. Two belong together if they have the same agent, the same number (or one of them has none)
       and a time in common. With the same number the nearer in time goes first; without, only
       what fits nothing else.
    3. References to recordings that came since are kept with the inquiries of their calls.
    """
    since = at - WINDOW
    calls = list(matchable_calls(since=since))
    inquiries = without_call(since=since).filter(agent__in={call.agent_id for call in calls})
    linked = 0
    for pair in chosen(pairs_of(calls, inquiries)):
        linked += PhoneCall.objects.filter(
            pk=pair.call.pk, contact_key__isnull=True, linked_how=""
        ).update(contact_key=pair.inquiry.key, linked_how=LinkedHow.RULE)
    _keep_recordings(since, at)
    return linked


def pairs_of(calls: Iterable[PhoneCall], inquiries: Iterable[Inquiry]) -> Iterator[Pair]:
    by_agent: dict[int | None, list[Inquiry]] = defaultdict(list)
    for inquiry in inquiries:
        by_agent[inquiry.agent_id].append(inquiry)
    for call in calls:
        for inquiry in by_agent[call.agent_id]:
            if (pair := Pair(call, inquiry)).fits:
                yield pair


def chosen(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Each call and each inquiry once."""
    found = list(pairs)
    rivals: Counter[object] = Counter(key for pair in found for key in pair.keys)
    taken: set[object] = set()
    for pair in sorted(found, key=lambda one: (not one.has_same_number, one.apart)):
        keys = set(pair.keys)
        is_sure = pair.has_same_number or all(rivals[key] == 1 for key in keys)
        if is_sure and not keys & taken:
            taken |= keys
            yield pair


def _keep_recordings(since: datetime, at: datetime) -> None:
    calls = PhoneCall.objects.filter(rang_at__gte=since, contact_key__isnull=False)
    recorded = {
        call.contact_key: call
        for call in calls.exclude(recording_reference="")
        if call.contact_key is not None
    }
    wanting = Inquiry.objects.filter(
        key__in=recorded, recording_reference="", channel__in=CALL_CHANNELS
    )
    for inquiry in wanting.iterator():
        keep_recording(inquiry=inquiry, call=recorded[inquiry.key], by=None, at=at)
