from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from common.actions import publish_event
from inquiries.actions.end_call import end_call
from inquiries.models import (
    BlockedNumber,
    Direction,
    InquiryDraft,
    PhoneCall,
    PhoneEvent,
    PhoneLine,
    PhoneRing,
)
from inquiries.phone_numbers import known_number
from inquiries.phone_words import Word
from inquiries.queries.desk_book import desk_book
from inquiries.refusals import DraftGone

FORWARDED = "forwarded"
POP = "phone-call"
HEARD_EVERY = timedelta(minutes=1)


def receive_phone_event(*, line: PhoneLine, word: Word, at: datetime) -> PhoneCall:
    """An exchange tells of a call: it rings, it is answered, it is over.

    1. Find the call by its id, or begin it; lock it. Events come in any order, and late.
    2. Keep the event. One that was heard before changes nothing.
    3. Note when it was heard, and whether the number is turned away.
    4. Find whose desk it rings at or who answered it, and tell their open pages.
    5. When it is over, end the clock of the draft that is written about it.
    """
    _note_heard(line, at)
    with transaction.atomic():
        call = _locked(line, word, at)
        if not _is_news(line, call, word, at):
            return call
        book = desk_book()
        _note_moment(call, word, at)
        _note_people_and_numbers(call, word, book.find)
        if word.event == "newCall" and call.direction == Direction.IN:
            call.was_turned_away = _is_blocked(call.number, at)
        call.is_missed = is_missed(call)
        call.save()
        told = _ring(call, word, book.find_all(word.people), book.find(word.called), at)
        tell_pages(call, told, at)
        if call.ended_at is not None:
            _end_clock(call)
    return call


def is_missed(call: PhoneCall) -> bool:
    """It came in, is over, and nobody answered; one passed on is answered elsewhere."""
    return (
        call.direction == Direction.IN
        and call.ended_at is not None
        and call.answered_at is None
        and not call.was_turned_away
        and call.cause != FORWARDED
    )


def tell_pages(call: PhoneCall, users: Iterable[int], at: datetime) -> None:
    for user_id in users:
        publish_event(kind=POP, about=call, at=at, to_user=User(pk=user_id))


def _note_heard(line: PhoneLine, at: datetime) -> None:
    """Once a minute at most: whether an exchange has fallen silent."""
    if line.last_heard_at is None or at - line.last_heard_at > HEARD_EVERY:
        PhoneLine.objects.filter(pk=line.pk).update(last_heard_at=at)


def _locked(line: PhoneLine, word: Word, at: datetime) -> PhoneCall:
    made, is_new = PhoneCall.objects.get_or_create(
        line=line, call_id=word.call_id, defaults={"direction": word.direction, "rang_at": at}
    )
    if is_new:
        return made
    return PhoneCall.objects.select_for_update(of=("self",)).get(pk=made.pk)


def _is_news(line: PhoneLine, call: PhoneCall, word: Word, at: datetime) -> bool:
    _event, is_new = PhoneEvent.objects.get_or_create(
        call=call,
        digest=word.digest,
        defaults={"line": line, "kind": word.event, "raw": word.raw, "received_at": at},
    )
    return is_new


def _note_moment(call: PhoneCall, word: Word, at: datetime) -> None:
    if word.event == "newCall":
        call.heard_rang_at = min(call.heard_rang_at or at, at)
    elif word.event == "answer":
        call.heard_answered_at = min(call.heard_answered_at or at, at)
    else:
        call.heard_ended_at = max(call.heard_ended_at or at, at)
        call.cause = word.cause or call.cause
    if call.is_timed_by_exchange:
        return
    heard = (call.heard_rang_at, call.heard_answered_at, call.heard_ended_at)
    call.rang_at = min(moment for moment in heard if moment is not None)
    call.ended_at = call.heard_ended_at
    call.answered_at = call.heard_answered_at
    if call.answered_at and call.ended_at:
        call.answered_at = min(call.answered_at, call.ended_at)  # its word came late


def _note_people_and_numbers(call: PhoneCall, word: Word, find) -> None:  # type: ignore[no-untyped-def]
    call.from_given = call.from_given or word.caller
    call.to_given = call.to_given or word.called
    call.from_number = call.from_number or known_number(word.caller)[:32]
    call.to_number = call.to_number or known_number(word.called)[:32]
    is_incoming = call.direction == Direction.IN
    call.number = call.from_number if is_incoming else call.to_number
    call.queue = call.queue or word.queue
    if is_incoming and word.event == "answer":
        answered_by = find(word.answering, *word.people)
        call.agent_id = answered_by or call.agent_id
    elif is_incoming and word.event == "hangup":
        call.agent_id = call.agent_id or (find(word.answering) if call.answered_at else None)
    elif not is_incoming:
        call.agent_id = call.agent_id or find(*word.people, word.caller)


def _is_blocked(number: str, at: datetime) -> bool:
    return bool(number) and BlockedNumber.objects.in_force(at).filter(number=number).exists()


def _ring(
    call: PhoneCall, word: Word, people: list[int], called: int | None, at: datetime
) -> list[int]:
    """Write down at whose desks it rings; return everybody whose page has to know."""
    if call.direction == Direction.OUT or call.was_turned_away:
        return []
    rung: list[int] = []
    if word.event == "newCall":
        rung = people or ([called] if called else [])
    elif word.event == "answer" and call.agent_id:
        rung = [call.agent_id]
    known = set(call.rings.values_list("user_id", flat=True))
    PhoneRing.objects.bulk_create(
        [PhoneRing(call=call, user_id=pk, at=at) for pk in rung if pk not in known],
        ignore_conflicts=True,
    )
    return sorted({*known, *rung})


def _end_clock(call: PhoneCall) -> None:
    if call.contact_key is None or call.ended_at is None:
        return
    draft = InquiryDraft.objects.open().filter(key=call.contact_key).select_related("owner").first()
    if draft is None:
        return
    try:
        end_call(key=draft.key, by=draft.owner, at=max(call.ended_at, draft.started_at))
    except DraftGone:
        return  # thrown away meanwhile
