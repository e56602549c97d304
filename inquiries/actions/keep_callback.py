from datetime import datetime

from accounts.models import User
from inquiries.actions.record_callback_try import NoCallbackPromised, promised
from inquiries.models import CallbackTry, Channel, Inquiry
from inquiries.refusals import TooLateToUndo
from inquiries.states import MOVES, InquiryState, Outcome
from inquiries.versions import keep_first_version, save_version

KEPT = "callback_kept"
NOBODY_REACHED = {
    Outcome.SILENT: CallbackTry.Result.NO_ANSWER,
    Outcome.WRONG_NUMBER: CallbackTry.Result.WRONG_NUMBER,
}
TOLD_IN_THE_CONTACT = ("answer", "source_version_id", "source_text")


def keep_callback(*, contact: Inquiry, by: User, at: datetime) -> None:
    """A contact is finished in which a client was called back.

    1. Lock the inquiry that it follows. If that waits for no callback, or it is not this person's
       to keep, nothing is done.
    2. Write the try down: in vain, if nobody or the wrong person answered.
    3. Else the promise is kept: the inquiry is solved with the answer that was given; a matter that
       goes on goes on in the contact, and the promised inquiry is closed.
    """
    follows = contact.follow_up_of
    if contact.channel != Channel.CALLBACK or follows is None:
        return
    if not by.has_perm("inquiries.keep_callback", follows):
        return
    try:
        inquiry = promised(follows)
    except NoCallbackPromised:
        return
    outcome = Outcome(contact.outcome)
    CallbackTry.objects.create(
        inquiry=inquiry,
        at=contact.ended_at or at,
        by=by,
        result=NOBODY_REACHED.get(outcome, CallbackTry.Result.ANSWERED),
        number=inquiry.callback_number,
        contact=contact,
    )
    if outcome in NOBODY_REACHED:
        return
    keep_first_version(inquiry)
    move = "solve" if outcome == Outcome.SOLVED else "close"
    if outcome == Outcome.SOLVED:
        for name in TOLD_IN_THE_CONTACT:
            setattr(inquiry, name, getattr(contact, name))
    _move(inquiry, move, why=KEPT, by=by, at=at)


def take_back_callback(*, contact: Inquiry, by: User, at: datetime) -> None:
    """The finish of a contact is taken back in which a client was called back.

    1. Lock the inquiry that was promised, if the contact kept a promise.
    2. Nobody may have gone on with it meanwhile. It waits for the callback again, as it was.

    Raises TooLateToUndo.
    """
    kept = CallbackTry.objects.filter(contact=contact, result=CallbackTry.Result.ANSWERED)
    locked = Inquiry.objects.select_for_update(of=("self",))
    inquiry = locked.filter(callback_tries__in=kept).first()
    if inquiry is None:
        return
    last, before = inquiry.history.order_by("-history_id")[:2]
    if last.history_change_reason != KEPT:
        raise TooLateToUndo
    for name in TOLD_IN_THE_CONTACT:
        setattr(inquiry, name, getattr(before, name))
    _move(inquiry, "take_back_callback", why="callback_taken_back", by=by, at=at)


def _move(inquiry: Inquiry, move: str, *, why: str, by: User, at: datetime) -> None:
    inquiry.state, inquiry.state_since = MOVES.target(move, InquiryState(inquiry.state)), at
    inquiry.claim_version(inquiry.version)
    save_version(inquiry, why=why, by=by, at=at)
