import datetime as dt
import sys

import pytest

from common.models import OutgoingMail
from common.states import MoveNotAllowed
from inquiries import actions
from inquiries.models import CallbackTry, Inquiry, InquiryDraft
from inquiries.queries import steps_of, waiting_callbacks
from inquiries.refusals import TooLateToUndo
from inquiries.states import UNDO_WITHIN
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import (
    MONDAY_TEN,
    CorrectionFactory,
    InquiryDraftFactory,
    InquiryFactory,
)
from tests.factories.knowledge import TopicFactory
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db

TYPED = {"channel": "phone", "language": "et", "outcome": "silent", "caller_lookup": "Mari T"}
SOON = MONDAY_TEN + dt.timedelta(seconds=8)


@pytest.fixture
def draft():
    return InquiryDraftFactory(typed=TYPED, ended_at=MONDAY_TEN)


def finished(draft, at=MONDAY_TEN):
    return actions.finish_inquiry(key=draft.key, by=draft.owner, at=at)


def test_undone_finish_gives_the_draft_back_as_it_was(draft):
    finished(draft)

    back = actions.undo_finish(key=draft.key, by=draft.owner, at=SOON)

    assert Inquiry.objects.count() == 0
    assert list(InquiryDraft.objects.of(draft.owner)) == [back]
    assert (back.typed, back.started_at, back.ended_at) == (TYPED, draft.started_at, draft.ended_at)


def test_next_finish_makes_the_same_inquiry_again_and_its_story_tells_so(draft):
    first = finished(draft)
    actions.undo_finish(key=draft.key, by=draft.owner, at=SOON)

    again = finished(draft, at=SOON + dt.timedelta(seconds=30))

    assert (again.pk, again.number) == (first.pk, first.number)
    codes = again.history.order_by("history_date").values_list("history_change_reason", flat=True)
    assert list(codes) == ["finished", "finish_undone", "finished"]
    assert [step.by for step in steps_of(again)] == [draft.owner] * 3


def test_undoing_twice_is_undoing_once(draft):
    finished(draft)
    actions.undo_finish(key=draft.key, by=draft.owner, at=SOON)

    assert actions.undo_finish(key=draft.key, by=draft.owner, at=SOON).key == draft.key


def test_after_the_minute_it_stays_finished(draft):
    finished(draft)

    with pytest.raises(TooLateToUndo):
        actions.undo_finish(
            key=draft.key, by=draft.owner, at=MONDAY_TEN + UNDO_WITHIN + dt.timedelta(seconds=1)
        )

    assert Inquiry.objects.count() == 1
    assert not InquiryDraft.objects.of(draft.owner).exists()


def test_what_somebody_changed_meanwhile_is_not_taken_away(draft):
    inquiry = finished(draft)
    actions.reopen_inquiry(inquiry=inquiry, by=UserFactory(role="coordinator"), at=SOON)

    with pytest.raises(TooLateToUndo):
        actions.undo_finish(key=draft.key, by=draft.owner, at=SOON)

    assert Inquiry.objects.count() == 1


def test_what_another_record_stands_upon_is_not_taken_away(draft):
    CorrectionFactory(inquiry=finished(draft))

    with pytest.raises(TooLateToUndo):
        actions.undo_finish(key=draft.key, by=draft.owner, at=SOON)

    assert Inquiry.objects.count() == 1
    assert not InquiryDraft.objects.of(draft.owner).exists()


def callback_typed():
    return {
        "channel": "phone",
        "language": "et",
        "outcome": "callback",
        "topic": str(TopicFactory().pk),
        "question": "Millal luba tuleb?",
        "callback_number": "5300 1234",
    }


def test_promise_of_a_callback_goes_with_its_finish_and_comes_with_the_next(draft):
    draft.typed = callback_typed()
    draft.save()
    finished(draft)

    actions.undo_finish(key=draft.key, by=draft.owner, at=SOON)
    assert waiting_callbacks(by=draft.owner, at=SOON) == []

    again = finished(draft, at=SOON)
    assert [one.inquiry for one in waiting_callbacks(by=draft.owner, at=SOON)] == [again]


def test_callback_that_was_tried_is_not_taken_away(draft):
    draft.typed = callback_typed()
    draft.save()
    inquiry = finished(draft)
    result = CallbackTry.Result.NO_ANSWER
    actions.record_callback_try(inquiry=inquiry, result=result, by=draft.owner, at=SOON)

    with pytest.raises(TooLateToUndo):
        actions.undo_finish(key=draft.key, by=draft.owner, at=SOON)


def test_nobody_is_asked_how_we_served_while_the_finish_can_be_taken_back(draft, settings):
    settings.SATISFACTION_DELAY_HOURS = 0
    client = ClientFactory(email="mari@example.ee")
    draft.typed = {
        "channel": "phone",
        "language": "et",
        "outcome": "solved",
        "client": str(client.pk),
        "topic": str(TopicFactory().pk),
        "source_text": "MSVS § 6",
    }
    draft.save()
    finished(draft)

    assert actions.ask_satisfaction(at=SOON) == 0
    actions.undo_finish(key=draft.key, by=draft.owner, at=SOON)
    assert actions.ask_satisfaction(at=SOON + UNDO_WITHIN) == 0

    again = finished(draft, at=SOON + UNDO_WITHIN)
    assert actions.ask_satisfaction(at=SOON + 2 * UNDO_WITHIN) == 1
    assert again.number in OutgoingMail.objects.get().subject


def test_end_taken_back_while_the_sweep_runs_is_not_asked_about(monkeypatch):
    inquiry = InquiryFactory(client=ClientFactory(email="mari@example.ee"))
    sweep = sys.modules["inquiries.actions.ask_satisfaction"]
    monkeypatch.setattr(sweep, "inquiries_to_ask_about", lambda at: [inquiry])
    Inquiry.objects.filter(pk=inquiry.pk).delete()

    assert actions.ask_satisfaction(at=SOON) == 0
    assert not OutgoingMail.objects.exists()


def test_nobody_takes_back_what_another_person_finished(draft):
    finished(draft)

    with pytest.raises(TooLateToUndo):
        actions.undo_finish(key=draft.key, by=UserFactory(role="specialist"), at=SOON)

    assert Inquiry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_undone_and_changed_at_once_is_one_of_both():
    made = InquiryDraftFactory(typed=TYPED)
    inquiry = finished(made)
    colleague = UserFactory(role="coordinator")

    def undo():
        try:
            actions.undo_finish(key=made.key, by=made.owner, at=SOON)
        except TooLateToUndo:
            return "stayed"
        return "undone"

    def reopen():
        try:
            actions.reopen_inquiry(inquiry=inquiry, by=colleague, at=SOON)
        except (Inquiry.DoesNotExist, MoveNotAllowed):
            return "gone"
        return "reopened"

    assert sorted(at_once(undo, reopen)) in (["gone", "undone"], ["reopened", "stayed"])


def test_sweep_takes_finished_drafts_after_their_hour(draft):
    finished(draft)

    actions.sweep_drafts(at=SOON)
    assert InquiryDraft.objects.count() == 1
    actions.sweep_drafts(at=SOON + dt.timedelta(hours=2))

    assert InquiryDraft.objects.count() == 0


def test_taking_over_is_given_back_to_who_answered_before():
    inquiry = InquiryFactory(callback=True)
    before, colleague = inquiry.responsible, UserFactory(role="specialist")
    actions.take_over_inquiry(inquiry=inquiry, by=colleague, at=MONDAY_TEN)

    back = actions.undo_take_over(inquiry=inquiry, by=colleague, at=SOON)

    assert back.responsible == before
    last = back.history.order_by("history_id").last()
    assert (last.history_change_reason, last.history_user) == ("take_over_undone", colleague)


def test_taking_over_stays_once_something_else_has_happened():
    inquiry = InquiryFactory(callback=True)
    colleague = UserFactory(role="specialist")
    actions.take_over_inquiry(inquiry=inquiry, by=colleague, at=MONDAY_TEN)
    actions.move_callback(
        inquiry=inquiry,
        due_at=MONDAY_TEN + dt.timedelta(days=2),
        responsible=colleague,
        by=colleague,
        at=MONDAY_TEN + dt.timedelta(seconds=3),
    )

    with pytest.raises(TooLateToUndo):
        actions.undo_take_over(inquiry=inquiry, by=colleague, at=SOON)


def test_taking_over_is_not_undone_by_another_person_or_later():
    inquiry = InquiryFactory(callback=True)
    colleague = UserFactory(role="specialist")
    actions.take_over_inquiry(inquiry=inquiry, by=colleague, at=MONDAY_TEN)

    for by, at in ((inquiry.agent, SOON), (colleague, SOON + UNDO_WITHIN)):
        with pytest.raises(TooLateToUndo):
            actions.undo_take_over(inquiry=inquiry, by=by, at=at)
