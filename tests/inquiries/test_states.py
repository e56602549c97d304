import pytest

from common.states import MoveNotAllowed
from inquiries.states import AT_ONCE, MOVES, OUTCOMES, InquiryState, Outcome, offered_outcomes


def test_every_outcome_has_a_rule_and_leads_where_its_move_leads():
    assert set(OUTCOMES) == set(Outcome)
    assert {
        outcome: MOVES.table[rule.move].target for outcome, rule in OUTCOMES.items() if rule.move
    } == {outcome: rule.state for outcome, rule in OUTCOMES.items() if rule.move}


@pytest.mark.parametrize("outcome", sorted(AT_ONCE))
def test_a_contact_without_a_matter_is_closed_at_once(outcome):
    assert OUTCOMES[Outcome(outcome)].state == InquiryState.CLOSED


def test_every_outcome_is_offered_but_leaving_a_letter_unanswered():
    offered = [value for value, _label in offered_outcomes()]

    assert offered == [outcome for outcome in Outcome if outcome != Outcome.UNANSWERED]


def test_a_solved_inquiry_is_not_solved_again():
    with pytest.raises(MoveNotAllowed):
        MOVES.target("solve", InquiryState.SOLVED)


def test_a_closed_inquiry_moves_on_only_by_reopening_or_by_taking_its_callback_back():
    allowed = [name for name in MOVES.table if MOVES.allows(name, InquiryState.CLOSED)]

    assert allowed == ["take_back_callback", "reopen"]
