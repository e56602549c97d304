"""A batch of legs out of call records: kept as they came, and merged into their calls."""

from dataclasses import dataclass
from datetime import timedelta

from common.load import insert_rows
from inquiries.actions.receive_phone_event import is_missed
from inquiries.call_records import Leg
from inquiries.models import CallImport, CallRecord, Direction, PhoneCall
from inquiries.phone_numbers import known_number
from inquiries.queries.desk_book import DeskBook

# How far an exchange's clock and ours may be apart for its record to be the call we heard of.
SAME_MOMENT = timedelta(seconds=15)
MERGED = (
    "record_id", "from_given", "from_number", "to_given", "to_number", "number", "queue", "agent",
    "rang_at", "answered_at", "ended_at", "is_timed_by_exchange", "waited_seconds", "cause",
    "is_missed", "recording_reference",
)  # fmt: skip


@dataclass
class Counts:
    added: int = 0
    unchanged: int = 0
    new_calls: int = 0
    merged_calls: int = 0


def take_over_legs(
    *, call_import: CallImport, legs: list[tuple[Leg, str]], book: DeskBook
) -> Counts:
    """Legs of calls are taken over, in the caller's transaction.

    1. Pass over the legs that are kept already: of this call id, under this name.
    2. Find the calls: by their id, by the id that records gave them before, or as the one that was
       heard of at that moment from that number. What is not found is a new call.
    3. Merge each leg into its call, so that any order and any parting into files gives the same.
    4. Keep the rows as they came.
    """
    counts = Counts()
    new = _not_kept(call_import, legs)
    counts.added, counts.unchanged = len(new), len(legs) - len(new)
    if not new:
        return counts
    calls = _known_calls(call_import, [leg for leg, _raw in new])
    known = {id(call) for call in calls.values()}
    for leg, _raw in new:
        call = calls.get(leg.call_id)
        if call is None:
            call = calls[leg.call_id] = _new_call(call_import, leg)
        merge(call, leg, book)
    fresh = [call for call in calls.values() if id(call) not in known]
    seen = [call for call in calls.values() if id(call) in known]
    _insert(fresh)
    if seen:
        PhoneCall.objects.bulk_create(
            seen, update_conflicts=True, unique_fields=["pk"], update_fields=list(MERGED)
        )
    counts.new_calls, counts.merged_calls = len(fresh), len(seen)
    insert_rows(
        CallRecord,
        ("line", "call", "call_import", "record_id", "leg", "raw", "at"),
        [
            (
                call_import.line_id,
                calls[leg.call_id].pk,
                call_import.pk,
                leg.call_id,
                leg.leg,
                raw,
                leg.at,
            )
            for leg, raw in new
        ],
    )
    return counts


def _insert(calls: list[PhoneCall]) -> None:
    fields = [field for field in PhoneCall._meta.concrete_fields if not field.primary_key]
    names = [field.attname for field in fields]
    insert_rows(
        PhoneCall,
        [field.name for field in fields],
        [[getattr(call, name) for name in names] for call in calls],
    )
    line = calls[0].line_id if calls else None
    made = PhoneCall.objects.filter(line=line, call_id__in=[call.call_id for call in calls])
    ids = dict(made.values_list("call_id", "pk"))
    for call in calls:
        call.pk = ids[call.call_id]
        call._state.adding = False


def merge(call: PhoneCall, leg: Leg, book: DeskBook) -> None:
    """Put what a leg says into its call. Merging is the same in any order of the legs."""
    _merge_moments(call, leg)
    call.from_given = call.from_given or leg.from_given
    call.to_given = call.to_given or leg.to_given
    call.from_number = call.from_number or known_number(leg.from_given)[:32]
    call.to_number = call.to_number or known_number(leg.to_given)[:32]
    is_incoming = call.direction == Direction.IN
    call.number = call.from_number if is_incoming else call.to_number
    call.queue = call.queue or leg.queue
    took_part = leg.answered_at or (leg.ended_at and leg.cause == "normalClearing")
    if leg.agent_given and call.agent_id is None and (took_part or not is_incoming):
        call.agent_id = book.find(leg.agent_given)
    if leg.waited is not None:
        call.waited_seconds = max(call.waited_seconds or 0, leg.waited)
    call.recording_reference = call.recording_reference or leg.recording
    call.cause = "normalClearing" if call.answered_at else leg.cause or call.cause
    call.is_missed = is_missed(call)


def _merge_moments(call: PhoneCall, leg: Leg) -> None:
    if not call.is_timed_by_exchange:
        # Its own clock counts from here on; what it does not tell stays as we heard it.
        call.is_timed_by_exchange = True
        call.rang_at = leg.rang_at or call.rang_at
        call.answered_at = leg.answered_at or call.answered_at
        call.ended_at = leg.ended_at or call.ended_at
    if leg.rang_at:
        call.rang_at = min(call.rang_at, leg.rang_at)
    if leg.answered_at:
        call.answered_at = min(call.answered_at or leg.answered_at, leg.answered_at)
    if leg.ended_at:
        call.ended_at = max(call.ended_at or leg.ended_at, leg.ended_at)


def _not_kept(call_import: CallImport, legs: list[tuple[Leg, str]]) -> list[tuple[Leg, str]]:
    kept = set(
        CallRecord.objects.filter(
            line=call_import.line_id, record_id__in={leg.call_id for leg, _raw in legs}
        ).values_list("record_id", "leg")
    )
    new = []
    for leg, raw in legs:
        if (leg.call_id, leg.leg) not in kept:
            kept.add((leg.call_id, leg.leg))
            new.append((leg, raw))
    return new


def _known_calls(call_import: CallImport, legs: list[Leg]) -> dict[str, PhoneCall]:
    ids = {leg.call_id for leg in legs}
    calls = PhoneCall.objects.filter(line=call_import.line_id).select_for_update(of=("self",))
    found = {call.record_id: call for call in calls.filter(record_id__in=ids)}
    found |= {call.call_id: call for call in calls.filter(call_id__in=ids - found.keys())}
    first = {leg.call_id: leg for leg in reversed(legs) if leg.call_id not in found}
    return {**found, **_heard_of(calls, first)}


def _heard_of(calls, first: dict[str, Leg]) -> dict[str, PhoneCall]:  # type: ignore[no-untyped-def]
    """Calls that events told of under another id: the same number at the same moment."""
    moments = [leg.rang_at for leg in first.values() if leg.rang_at]
    if not moments:
        return {}
    heard = calls.filter(
        is_timed_by_exchange=False,
        record_id="",
        rang_at__gte=min(moments) - SAME_MOMENT,
        rang_at__lte=max(moments) + SAME_MOMENT,
    ).exclude(number="")
    by_number: dict[str, list[PhoneCall]] = {}
    for call in heard:
        by_number.setdefault(call.number, []).append(call)
    found: dict[str, PhoneCall] = {}
    for record_id, leg in first.items():
        number = known_number(leg.from_given if leg.direction == "in" else leg.to_given)
        rang_at = leg.rang_at
        near = [
            call
            for call in by_number.get(number, [])
            if rang_at
            and call.direction == leg.direction
            and abs(call.rang_at - rang_at) <= SAME_MOMENT
        ]
        if rang_at and near:
            call = min(near, key=lambda one: abs(one.rang_at - rang_at))
            by_number[number].remove(call)
            call.record_id = record_id
            found[record_id] = call
    return found


def _new_call(call_import: CallImport, leg: Leg) -> PhoneCall:
    waited = timedelta(seconds=leg.waited or 0)
    return PhoneCall(
        line_id=call_import.line_id,
        call_id=leg.call_id,
        direction=leg.direction or Direction.IN,
        rang_at=leg.rang_at or leg.at - waited,
        is_timed_by_exchange=True,
    )
