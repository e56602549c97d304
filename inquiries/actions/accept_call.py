from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Client
from common.actions import publish_event
from common.refusals import Refusal
from inquiries.actions.end_call import end_call
from inquiries.actions.link_call import CallIsLinked
from inquiries.actions.open_draft import open_draft
from inquiries.actions.receive_phone_event import POP
from inquiries.models import Direction, Inquiry, InquiryDraft, LinkedHow, PhoneCall
from inquiries.states import Outcome
from inquiries.typed import Typed


class CallIsTaken(Refusal):
    """A colleague is writing about the call, or calling back, at this moment."""

    code = "call_is_taken"
    sentence = _("%(name)s is dealing with this call already.")


def accept_call(
    *, call: PhoneCall, by: User, at: datetime, client: Client | None = None
) -> InquiryDraft:
    """An agent takes a call that rings, or was just answered, onto the screen.

    1. A draft that is written about it already is the answer, however often this is asked.
    2. Begin one with the caller's number, and the client whom the agent chose; its clock began
       when the call was answered.
    3. The pop has done its work, in this person's other windows too; a call that is over by now is
       in its wrap-up.
    """
    typed = {"channel": "phone", **_caller(call, client)}
    return _begin(call, typed, LinkedHow.POP, by, at)


def begin_from_call(*, call: PhoneCall, by: User, at: datetime, wanted: str = "") -> InquiryDraft:
    """Something shall be written down about a call of which nothing is.

    1. Nobody else may be at it, and nothing be written down meanwhile: two people with the same
       list do not call the same client back.
    2. A missed call is called back now, or a callback is promised (`wanted`); of an answered one
       an inquiry is made, with the call's own times.
    3. The draft is linked to the call, and to the earlier missed calls of the same number.

    Raises CallIsLinked, CallIsTaken.
    """
    typed = {"channel": "phone", **_caller(call, None)}
    if call.is_missed:
        typed["channel"] = "callback"
        if wanted == Outcome.CALLBACK:
            typed |= {
                "channel": "phone",
                "outcome": Outcome.CALLBACK.value,
                "callback_number": call.number,
            }
    with transaction.atomic():
        _refuse_what_is_taken(call, by)
        draft = _begin(call, typed, LinkedHow.HAND, by, at)
        if call.is_missed and call.number:
            same = PhoneCall.objects.missed().filter(number=call.number, rang_at__lt=call.rang_at)
            same.not_written_down().filter(set_aside_at__isnull=True).update(
                contact_key=draft.key, linked_how=LinkedHow.HAND, linked_by=by
            )
    return draft


def _refuse_what_is_taken(call: PhoneCall, by: User) -> None:
    key = PhoneCall.objects.select_for_update(of=("self",)).get(pk=call.pk).contact_key
    if key is None:
        return
    if _is_written_down(key):
        raise CallIsLinked
    drafts = InquiryDraft.objects.open().exclude(owner=by).select_related("owner")
    if draft := drafts.filter(key=key).first():
        raise CallIsTaken(name=str(draft.owner))


def _caller(call: PhoneCall, client: Client | None) -> dict[str, str]:
    known = {"caller_lookup": call.number, "caller_number": call.number} if call.number else {}
    if client is not None:
        known |= {"client": str(client.pk), "language": client.language}
    if call.recording_reference:
        known["recording_reference"] = call.recording_reference
    return known


def _begin(call: PhoneCall, typed: Typed, how: LinkedHow, by: User, at: datetime) -> InquiryDraft:
    with transaction.atomic():
        call = PhoneCall.objects.select_for_update(of=("self",)).get(pk=call.pk)
        _take_off_screens(call, by, at)
        if call.contact_key is not None:
            before = InquiryDraft.objects.of(by).filter(key=call.contact_key).first()
            if before is not None:
                return before
        answered = call.direction == Direction.IN and call.answered_at
        draft, _is_new = open_draft(key=uuid4(), by=by, at=min(answered or at, at), typed=typed)
        if call.contact_key is None or not _is_written_down(call.contact_key):
            call.contact_key, call.linked_how, call.linked_by = draft.key, how, by
            call.save(update_fields=["contact_key", "linked_how", "linked_by"])
        if answered and call.ended_at:
            draft.ended_at = end_call(key=draft.key, by=by, at=max(call.ended_at, draft.started_at))
    return draft


def _is_written_down(key: UUID) -> bool:
    return Inquiry.objects.filter(key=key).exists()


def put_pop_away(*, call: PhoneCall, by: User, at: datetime) -> None:
    """An agent wants the pop of a call off the screen; the call stays in the lists.

    1. Note it at the ring of this person.
    2. Their other windows hear of it and take it off too.
    """
    with transaction.atomic():
        _take_off_screens(call, by, at)


def _take_off_screens(call: PhoneCall, by: User, at: datetime) -> None:
    if call.rings.filter(user=by, put_away_at__isnull=True).update(put_away_at=at):
        publish_event(kind=POP, about=call, to_user=by, at=at)
