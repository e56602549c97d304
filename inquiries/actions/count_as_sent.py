from datetime import datetime

from accounts.models import User
from inquiries.actions.recall_from_unit import close_requests
from inquiries.models import AnswerDraft, Inquiry, Letter, LetterKind, TermExtension
from inquiries.states import MOVES, InquiryState, Outcome
from inquiries.versions import keep_first_version, save_version


def count_as_sent(*, inquiry: Inquiry, letter: Letter, by: User | None, at: datetime) -> None:
    """A letter to the client has left, by mail or by post: what the law counts from its dispatch.

    1. By an answer the inquiry is solved, and holds it with its source.
    2. By a notice of a longer term the new last day counts, unless the extension has lapsed.
    3. By a notice of forwarding the inquiry is settled with the other body.
    4. A question to the sender leaves all as it is. The draft of what has left has done its work.

    The caller has locked the inquiry.
    """
    if letter.kind == LetterKind.ANSWER:
        _solve(inquiry, letter, by, at)
    elif letter.kind == LetterKind.NOTICE_EXTENDED:
        _put_off(inquiry, letter, by, at)
    elif letter.kind == LetterKind.NOTICE_FORWARDED:
        _refer_out(inquiry, by, at)
    if letter.kind in (LetterKind.ANSWER, LetterKind.QUESTION):
        AnswerDraft.objects.filter(inquiry=inquiry).delete()


def _solve(inquiry: Inquiry, letter: Letter, by: User | None, at: datetime) -> None:
    keep_first_version(inquiry)
    _move(inquiry, "solve", at)  # unless it was closed while the letter waited
    inquiry.outcome = inquiry.outcome or Outcome.SOLVED
    inquiry.answer = letter.text
    inquiry.source_version, inquiry.source_text = letter.source_version, letter.source_text
    _save(inquiry, "answered", by, at)
    close_requests(inquiry, at=at)


def _put_off(inquiry: Inquiry, letter: Letter, by: User | None, at: datetime) -> None:
    extension = TermExtension.objects.standing().filter(notice=letter).first()
    if extension is None or not inquiry.is_open:
        return
    keep_first_version(inquiry)
    inquiry.answer_by = extension.answer_by
    _save(inquiry, "term_extended", by, at)


def _refer_out(inquiry: Inquiry, by: User | None, at: datetime) -> None:
    if not MOVES.allows("refer_out", InquiryState(inquiry.state)):
        return  # it went another way while the letter waited
    keep_first_version(inquiry)
    _move(inquiry, "refer_out", at)
    inquiry.outcome = inquiry.outcome or Outcome.REFERRED_OUT
    _save(inquiry, "sent_on", by, at)
    close_requests(inquiry, at=at)


def _move(inquiry: Inquiry, move: str, at: datetime) -> None:
    state = InquiryState(inquiry.state)
    if MOVES.allows(move, state):
        inquiry.state, inquiry.state_since = MOVES.target(move, state), at


def _save(inquiry: Inquiry, why: str, by: User | None, at: datetime) -> None:
    inquiry.claim_version(inquiry.version)
    save_version(inquiry, why=why, by=by, at=at)
