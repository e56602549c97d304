from datetime import datetime

from django.db import transaction

from accounts.models import User
from inquiries.actions.recall_from_unit import close_requests
from inquiries.field_refusals import InquiryNotComplete, UnknownChoice
from inquiries.judging import judged
from inquiries.models import Inquiry
from inquiries.states import MOVES, OUTCOMES, InquiryState, Outcome, OutcomeRule
from inquiries.typed import Typed, typed_of
from inquiries.versions import keep_first_version, save_version

SETTLED_BY = (
    "owner_unit",
    "answer",
    "source_version",
    "source_text",
    "referral_body",
    "callback_due_at",
    "callback_number",
)


def settle_inquiry(*, inquiry: Inquiry, typed: Typed, by: User | None, at: datetime) -> Inquiry:
    """An open inquiry moves on: the unit has answered, the papers are done, another way was found.

    1. Lock the inquiry and look whether it may make the move. The way on is named like the outcome
       of a contact, and asks for the same; the outcome of the contact itself stays what it was.
    2. Judge what the way asks for, beside what the inquiry holds already.
    3. Write the fields and the new state, and a version. Unless a unit goes on with it, what a unit
       was asked is asked no more.

    Raises MoveNotAllowed or InquiryNotComplete; then nothing has changed.
    """
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        rule = _rule(str(typed.get("outcome", "")))
        state = MOVES.target(rule.move, InquiryState(inquiry.state))
        fields = judged(
            {
                **_known(inquiry),
                **{name: typed[name] for name in SETTLED_BY if name in typed},
                "outcome": typed["outcome"],
            },
            started_at=inquiry.started_at,
            at=at,
            before=inquiry,
        )
        keep_first_version(inquiry)
        for name in SETTLED_BY:
            setattr(inquiry, name, fields[name])
        inquiry.state, inquiry.state_since = state, at
        inquiry.outcome = inquiry.outcome or Outcome(typed["outcome"])  # a letter's first end
        inquiry.claim_version(inquiry.version)
        save_version(inquiry, why=f"settled_{rule.move}", by=by, at=at)
        if state != InquiryState.WITH_UNIT:
            close_requests(inquiry, at=at)
    return inquiry


def _rule(outcome: str) -> OutcomeRule:
    rule = OUTCOMES.get(Outcome(outcome)) if outcome in Outcome.values else None
    if rule is None or not rule.move or not rule.is_offered:
        label = Inquiry._meta.get_field("outcome").verbose_name  # type: ignore[union-attr]
        raise InquiryNotComplete({"outcome": [UnknownChoice(field=label)]})
    return rule


def _known(inquiry: Inquiry) -> dict[str, str]:
    """What stands already, without the promise of a callback that is being left behind."""
    return {**typed_of(inquiry), "callback_due_at": ""}
