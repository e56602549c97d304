"""A promised callback from its promise to its end."""

import datetime as dt

import pytest

from clients import actions as client_actions
from clients.phones import PhoneNotValid
from inquiries import actions
from inquiries.actions.move_callback import MomentHasPassed
from inquiries.field_refusals import ClosedThen
from inquiries.models import CallbackTry, Dialling, Inquiry, InquiryDraft
from inquiries.queries import promise_of, waiting_callbacks
from inquiries.refusals import DraftGone, TooLateToUndo
from inquiries.states import InquiryState
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryDraftFactory, InquiryFactory

pytestmark = pytest.mark.django_db

PROMISED, OTHER = "+37253001000", "+37253001999"
SOON = MONDAY_TEN + dt.timedelta(minutes=10)
LATER = SOON + dt.timedelta(seconds=20)
SATURDAY = dt.datetime(2026, 11, 21, 10, tzinfo=dt.UTC)


@pytest.fixture
def agent():
    return UserFactory(role="specialist")


@pytest.fixture
def promise():
    mari = ClientFactory(phone=PROMISED)
    return InquiryFactory(
        callback=True, started_at=MONDAY_TEN, client=mari, callback_number=PROMISED
    )


def called(promise, agent, **typed):
    """The contact in which the client was called back, finished."""
    draft = actions.begin_callback(inquiry=promise, by=agent, at=MONDAY_TEN)
    typed = {**draft.typed, "outcome": "solved", "source_text": "MSVS § 6", **typed}
    return actions.finish_inquiry(
        key=draft.key, by=agent, at=SOON, typed=typed, version=draft.version
    )


def tries(promise):
    return list(promise.callback_tries.values_list("result", "number"))


def last_step(promise):
    last = promise.history.order_by("history_id").last()
    return last.history_change_reason, last.history_user


def in_vain(promise, agent, times=3):
    for _each in range(times):
        actions.record_callback_try(inquiry=promise, result="no_answer", by=agent, at=SOON)


def test_contact_begins_with_what_the_promise_holds_and_only_once(promise, agent):
    draft = actions.begin_callback(inquiry=promise, by=agent, at=MONDAY_TEN)
    again = actions.begin_callback(inquiry=promise, by=agent, at=SOON)

    assert again == draft
    assert InquiryDraft.objects.count() == 1
    assert draft.typed == {
        "channel": "callback",
        "language": "et",
        "follow_up_of": str(promise.pk),
        "caller_number": PROMISED,
        "caller_lookup": "",
        "client": str(promise.client_id),
        "topic": str(promise.topic_id),
    }


def test_nothing_is_begun_for_an_inquiry_that_waits_for_no_callback(agent):
    with pytest.raises(actions.NoCallbackPromised):
        actions.begin_callback(inquiry=InquiryFactory(), by=agent, at=MONDAY_TEN)


def test_answered_callback_settles_the_promise_with_the_answer_given(promise, agent):
    contact = called(promise, agent, answer="Jah, tohib.")

    promise.refresh_from_db()
    assert (promise.state, promise.answer) == (InquiryState.SOLVED, "Jah, tohib.")
    assert promise.source_text == "MSVS § 6"
    assert tries(promise) == [("answered", PROMISED)]
    assert contact.follow_up_of == promise
    assert last_step(promise) == ("callback_kept", agent)


@pytest.mark.parametrize("outcome", ["with_unit", "callback"])
def test_matter_that_goes_on_goes_on_in_the_contact(promise, agent, outcome):
    unit = UnitFactory()

    contact = called(promise, agent, owner_unit=str(unit.pk), outcome=outcome, question="?")

    promise.refresh_from_db()
    assert promise.state == InquiryState.CLOSED
    assert contact.is_open


@pytest.mark.parametrize(
    ("outcome", "result"), [("silent", "no_answer"), ("wrong_number", "wrong_number")]
)
def test_promise_stands_while_nobody_is_reached(promise, agent, outcome, result):
    called(promise, agent, outcome=outcome)

    promise.refresh_from_db()
    assert promise.state == InquiryState.CALLBACK
    assert tries(promise) == [(result, PROMISED)]


def test_contact_that_is_no_callback_leaves_the_promise_alone(promise, agent):
    called(promise, agent, channel="phone")

    promise.refresh_from_db()
    assert promise.state == InquiryState.CALLBACK


def test_promise_of_a_colleague_is_not_kept_by_who_may_not(promise):
    called(promise, UserFactory(role="counter"))

    promise.refresh_from_db()
    assert promise.state == InquiryState.CALLBACK


def test_finish_taken_back_owes_the_callback_again(promise, agent):
    answer_before = promise.answer
    contact = called(promise, agent, answer="Uus")

    actions.undo_finish(key=contact.key, by=agent, at=LATER)

    promise.refresh_from_db()
    assert promise.state == InquiryState.CALLBACK
    assert promise.answer == answer_before
    assert tries(promise) == []
    assert not Inquiry.objects.filter(pk=contact.pk).exists()


def test_finish_stays_once_somebody_has_gone_on_with_the_promise(promise, agent):
    contact = called(promise, agent)
    actions.reopen_inquiry(inquiry=promise, by=promise.agent, at=LATER)

    with pytest.raises(TooLateToUndo):
        actions.undo_finish(key=contact.key, by=agent, at=LATER)


def test_nobody_reached_leaves_a_try_and_no_contact(promise, agent):
    draft = actions.begin_callback(inquiry=promise, by=agent, at=MONDAY_TEN)

    actions.leave_callback(key=draft.key, result="busy", by=agent, at=SOON)

    assert tries(promise) == [("busy", PROMISED)]
    assert not InquiryDraft.objects.open().exists()
    with pytest.raises(DraftGone):
        actions.leave_callback(key=draft.key, result="busy", by=agent, at=SOON)


def test_draft_that_calls_nobody_back_is_not_left_so(agent):
    draft = InquiryDraftFactory(owner=agent)

    with pytest.raises(actions.NoCallbackPromised):
        actions.leave_callback(key=draft.key, result="busy", by=agent, at=SOON)

    assert InquiryDraft.objects.open().count() == 1


def moved(promise, due_at, at=SOON, **more):
    return actions.move_callback(inquiry=promise, due_at=due_at, by=promise.agent, at=at, **more)


def test_callback_is_not_moved_to_when_nobody_works(promise):
    with pytest.raises(ClosedThen) as refused:
        moved(promise, SATURDAY, responsible=promise.agent)

    assert refused.value.parameters == {"opens": dt.datetime(2026, 11, 23, 7, tzinfo=dt.UTC)}
    assert "23.11.2026" in str(refused.value)


def test_callback_is_moved_to_the_very_closing(promise):
    closing = dt.datetime(2026, 11, 17, 14, tzinfo=dt.UTC)

    assert moved(promise, closing, responsible=promise.agent).callback_due_at == closing


def test_late_callback_is_given_to_a_colleague_without_another_time(promise, agent):
    due = promise.callback_due_at = promise.callback_due_at.replace(second=30)
    promise.save()
    shown, much_later = due.replace(second=0), due + dt.timedelta(days=1)

    moved(promise, shown, at=much_later, responsible=agent)

    promise.refresh_from_db()
    assert (promise.responsible, promise.callback_due_at) == (agent, due)


def test_callback_is_not_moved_to_the_past(promise):
    with pytest.raises(MomentHasPassed):
        moved(promise, MONDAY_TEN, responsible=promise.agent)


def test_three_tries_in_vain_ask_for_another_way_until_another_number_is_tried(promise, agent):
    client_actions.add_contact_point(
        client=promise.client, kind="phone", value=OTHER, note="kodus", by=agent, at=MONDAY_TEN
    )
    in_vain(promise, agent, times=2)
    assert not promise_of(promise, by=agent, at=SOON).needs_another_way
    in_vain(promise, agent, times=1)
    stuck = promise_of(promise, by=agent, at=SOON)
    assert stuck.needs_another_way
    assert [(one.value, one.note) for one in stuck.other_numbers] == [(OTHER, "kodus")]

    actions.change_callback_number(inquiry=promise, number="5300 1999", by=agent, at=LATER)

    promise.refresh_from_db()
    assert promise.callback_number == OTHER
    assert promise_of(promise, by=agent, at=LATER).tries == 0
    assert last_step(promise) == ("callback_number_changed", agent)


def test_another_number_is_a_number(promise, agent):
    with pytest.raises(PhoneNotValid):
        actions.change_callback_number(inquiry=promise, number="12", by=agent, at=LATER)


def test_number_dialled_stands_among_the_tries_and_a_double_click_once(promise, agent):
    for at in (MONDAY_TEN, MONDAY_TEN + dt.timedelta(seconds=1), SOON):
        actions.note_dialling(number="5300 1000", client=None, inquiry=promise, by=agent, at=at)
    in_vain(promise, agent, times=1)

    assert Dialling.objects.filter(client=promise.client, number=PROMISED).count() == 2
    attempts = promise_of(promise, by=agent, at=LATER).attempts
    assert [one.what for one in attempts][-1].endswith("+372 5300 1000")
    assert len(attempts) == 3


def test_red_comes_before_late(agent):
    for hours in (-1, 1, 5):
        InquiryFactory(
            callback=True, agent=agent, callback_due_at=MONDAY_TEN + dt.timedelta(hours=hours)
        )

    waiting = waiting_callbacks(by=agent, at=MONDAY_TEN)

    assert [(one.is_late, one.is_urgent) for one in waiting] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_everybody_keeps_and_only_who_is_responsible_or_coordinates_moves(promise, agent):
    coordinator, owner = UserFactory(role="coordinator"), promise.agent

    may = [
        (one.may_keep, one.may_move)
        for who in (agent, owner, coordinator)
        for one in waiting_callbacks(by=who, at=SOON)
    ]

    assert may == [(True, False), (True, True), (True, True)]


def test_tries_from_before_numbers_were_kept_count(promise, agent):
    for _each in range(3):
        CallbackTry.objects.create(inquiry=promise, at=SOON, by=agent, result="no_answer")

    assert promise_of(promise, by=agent, at=SOON).needs_another_way
