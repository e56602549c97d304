import datetime as dt

import pytest

from accounts.models import AccessEntry, LineState
from common.models import Event, StaleSave
from inquiries import actions
from inquiries.actions.take_back_draft import ColleagueHasGoneOn
from inquiries.field_refusals import InquiryNotComplete
from inquiries.models import DraftPassing, Inquiry, InquiryDraft
from inquiries.queries import passings_of, steps_of
from inquiries.refusals import AlreadyFinished, DraftGone
from tests.factories.accounts import UserFactory
from tests.factories.clients import ClientFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryDraftFactory
from tests.factories.knowledge import TopicFactory
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db

LATER = MONDAY_TEN + dt.timedelta(minutes=3)
TYPED = {"channel": "phone", "language": "et", "question": "Kas tohib raiuda?"}
SILENT = {**TYPED, "outcome": "silent"}


def ready(**more):
    return UserFactory(role="specialist", line_state="ready", last_seen_at=LATER, **more)


@pytest.fixture
def draft():
    return InquiryDraftFactory(typed=TYPED)


def passed(draft, to, **more):
    return actions.pass_draft(key=draft.key, to=to, by=draft.owner, at=LATER, **more)


def test_draft_is_the_colleagues_with_all_that_is_typed_and_both_pages_are_told(draft):
    agent, mari = draft.owner, ready()

    passing = passed(draft, mari)

    draft.refresh_from_db()
    assert (draft.owner, draft.typed, draft.started_at) == (mari, TYPED, MONDAY_TEN)
    assert (passing.by, passing.to, passing.at) == (agent, mari, LATER)
    assert (draft.passing, draft.version) == (passing, passing.version)
    told = Event.objects.order_by("pk").values_list("kind", "to_user_id", "about_id")
    assert list(told) == [
        ("draft-arrived", mari.pk, str(draft.pk)),
        ("draft-left", agent.pk, str(draft.pk)),
    ]


def test_what_was_typed_last_goes_along(draft):
    mari = ready()

    passed(draft, mari, typed={**TYPED, "answer": "Jah"}, version=1)

    draft.refresh_from_db()
    assert (draft.typed["answer"], draft.version) == ("Jah", 3)


def test_page_that_the_agent_left_open_writes_nothing_over_it(draft):
    agent = draft.owner
    passed(draft, ready())

    with pytest.raises(DraftGone):
        actions.save_draft(key=draft.key, version=2, typed={}, by=agent, at=LATER)
    with pytest.raises(DraftGone):
        actions.finish_inquiry(key=draft.key, typed=SILENT, version=2, by=agent, at=LATER)


def test_stale_page_passes_nothing_on(draft):
    actions.save_draft(key=draft.key, version=1, typed=SILENT, by=draft.owner, at=LATER)

    with pytest.raises(StaleSave):
        passed(draft, ready(), typed=TYPED, version=1)

    draft.refresh_from_db()
    assert draft.passing is None


def test_the_same_passing_sent_again_is_one(draft):
    mari = ready()
    agent = draft.owner
    first = passed(draft, mari, typed=TYPED, version=1)

    again = actions.pass_draft(key=draft.key, to=mari, by=agent, at=LATER, typed=TYPED, version=1)

    assert again == first
    assert DraftPassing.objects.count() == 1


@pytest.mark.parametrize("state", ["break", "away", ""])
def test_who_is_not_ready_gets_nothing(draft, state):
    mari = UserFactory(role="specialist", line_state=state, last_seen_at=LATER)

    with pytest.raises(actions.ColleagueNotReady):
        passed(draft, mari)


def test_neither_who_is_not_there_nor_who_takes_no_calls_nor_oneself(draft):
    long_ago = LATER - dt.timedelta(hours=1)
    gone = UserFactory(role="specialist", line_state="ready", last_seen_at=long_ago)
    registrar = UserFactory(role="registrar", line_state="ready", last_seen_at=LATER)
    agent = draft.owner
    agent.line_state, agent.last_seen_at = LineState.READY, LATER
    agent.save()

    for colleague in (gone, registrar, agent):
        with pytest.raises(actions.ColleagueNotReady):
            passed(draft, colleague)


def test_full_room_is_refused_and_empty_forms_do_not_count(draft):
    mari = ready()
    InquiryDraftFactory(owner=mari)
    for _each in range(4):
        InquiryDraftFactory(owner=mari, typed=TYPED)
    passed(InquiryDraftFactory(typed=TYPED), mari)

    with pytest.raises(actions.ColleagueIsFull):
        passed(draft, mari)

    draft.refresh_from_db()
    assert draft.owner != mari


def test_empty_draft_is_not_passed_on():
    with pytest.raises(actions.NothingToPass):
        passed(InquiryDraftFactory(), ready())


def test_finished_contact_is_not_passed_on():
    draft = InquiryDraftFactory(typed=SILENT)
    actions.finish_inquiry(key=draft.key, by=draft.owner, at=LATER)

    with pytest.raises(AlreadyFinished):
        passed(draft, ready(), typed=SILENT, version=1)


def test_who_has_passed_it_on_is_ready_again(draft):
    agent = draft.owner
    agent.line_state, agent.line_since = LineState.AFTER_CALL, MONDAY_TEN
    agent.save()

    actions.pass_draft(key=draft.key, to=ready(), by=agent, at=LATER)

    agent.refresh_from_db()
    assert agent.line_state == LineState.READY


def test_inquiry_keeps_who_began_who_finished_and_when_it_was_passed_on(draft):
    jaan, mari = draft.owner, ready()
    passed(draft, mari)

    inquiry = actions.finish_inquiry(
        key=draft.key, typed=SILENT, version=2, by=mari, at=LATER + dt.timedelta(minutes=2)
    )

    assert inquiry.agent == mari
    [passing] = passings_of(inquiry)
    assert (passing.by, passing.to, passing.at) == (jaan, mari, LATER)
    finish, passing_step = steps_of(inquiry, passings_of(inquiry))
    assert (finish.by, passing_step.by) == (mari, jaan)
    assert str(mari) in passing_step.what


def test_passing_is_taken_back_while_nothing_is_typed(draft):
    jaan, mari = draft.owner, ready()
    passed(draft, mari)

    back = actions.take_back_draft(key=draft.key, by=jaan, at=LATER)
    again = actions.take_back_draft(key=draft.key, by=jaan, at=LATER)

    assert back == again
    assert (again.owner, again.passing) == (jaan, None)
    assert DraftPassing.objects.get().taken_back_at == LATER
    last = Event.objects.order_by("-pk").first()
    assert (last.kind, last.to_user_id) == ("draft-left", mari.pk)
    with pytest.raises(DraftGone):
        actions.save_draft(key=draft.key, version=2, typed=TYPED, by=mari, at=LATER)


def test_what_the_colleague_has_begun_to_write_is_not_taken_back(draft):
    jaan, mari = draft.owner, ready()
    passed(draft, mari)
    actions.save_draft(key=draft.key, version=2, typed=SILENT, by=mari, at=LATER)

    with pytest.raises(ColleagueHasGoneOn):
        actions.take_back_draft(key=draft.key, by=jaan, at=LATER)


def test_what_went_further_or_is_finished_is_not_taken_back(draft):
    jaan, mari, kati = draft.owner, ready(), ready()
    passed(draft, mari)
    actions.pass_draft(key=draft.key, to=kati, by=mari, at=LATER)

    with pytest.raises(ColleagueHasGoneOn):
        actions.take_back_draft(key=draft.key, by=jaan, at=LATER)
    actions.take_back_draft(key=draft.key, by=mari, at=LATER + dt.timedelta(seconds=5))
    draft.refresh_from_db()
    assert (draft.owner, draft.passing.by) == (mari, jaan)
    actions.finish_inquiry(key=draft.key, typed=SILENT, version=4, by=mari, at=LATER)
    with pytest.raises(ColleagueHasGoneOn):
        actions.take_back_draft(key=draft.key, by=jaan, at=LATER)


def test_nobody_takes_back_what_others_passed(draft):
    passed(draft, ready())

    with pytest.raises(DraftGone):
        actions.take_back_draft(key=draft.key, by=ready(), at=LATER)


def test_card_that_comes_along_stands_in_the_access_log_once():
    tamm = ClientFactory()
    draft = InquiryDraftFactory(typed={**TYPED, "client": str(tamm.pk)})
    mari = ready()
    passing = passed(draft, mari)

    for _each in range(2):
        actions.see_passing(passing=passing, draft=draft, by=mari, at=LATER)

    assert AccessEntry.objects.filter(what="client.view", subject_id=str(tamm.pk)).count() == 1
    assert not DraftPassing.objects.new_to(mari).exists()


PROMISED = {
    **TYPED,
    "outcome": "callback",
    "caller_number": "53001234",
}


def promised(to, **more):
    draft = InquiryDraftFactory()
    typed = {**PROMISED, "topic": str(TopicFactory().pk), "callback_by": str(to.pk), **more}
    return actions.finish_inquiry(key=draft.key, typed=typed, version=1, by=draft.owner, at=LATER)


def test_colleague_on_a_break_is_promised_to_call_back():
    mari = UserFactory(role="specialist", line_state="break")

    inquiry = promised(mari)

    assert (inquiry.responsible, inquiry.callback_number) == (
        mari,
        "+3725300123 4".replace(" ", ""),
    )
    [passing] = passings_of(inquiry)
    assert (passing.by, passing.to, passing.is_callback) == (inquiry.agent, mari, True)
    assert inquiry.callback_due_at > LATER


def test_callback_without_a_number_says_so_at_the_number():
    mari = UserFactory(role="specialist", line_state="break")

    with pytest.raises(InquiryNotComplete) as refused:
        promised(mari, caller_number="")

    assert list(refused.value.errors) == ["callback_number"]
    assert not DraftPassing.objects.exists()


@pytest.mark.parametrize("nobody", ["registrar", None])
def test_only_who_takes_calls_is_promised(nobody):
    who = UserFactory(role=nobody)

    with pytest.raises(InquiryNotComplete) as refused:
        promised(who)

    assert list(refused.value.errors) == ["callback_by"]


def test_other_endings_pass_nothing_on():
    mari = UserFactory(role="specialist", line_state="break")

    inquiry = promised(mari, outcome="silent")

    assert inquiry.responsible == inquiry.agent
    assert passings_of(inquiry) == []


def test_undone_finish_takes_the_promise_back():
    mari = UserFactory(role="specialist", line_state="break")
    inquiry = promised(mari)
    agent = inquiry.agent

    back = actions.undo_finish(key=inquiry.key, by=agent, at=LATER)

    assert back.owner == agent
    assert DraftPassing.objects.get().taken_back_at == LATER
    again = actions.finish_inquiry(key=back.key, by=agent, at=LATER + dt.timedelta(seconds=9))
    assert DraftPassing.objects.standing().count() == 1
    assert again.responsible == mari


def test_sweep_forgets_passings_of_what_was_thrown_away(draft):
    mari = ready()
    passed(draft, mari)
    actions.discard_draft(key=draft.key, by=mari, at=LATER)

    actions.sweep_drafts(at=LATER + dt.timedelta(hours=2))

    assert not InquiryDraft.objects.exists()
    assert not DraftPassing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_passed_on_twice_at_once_it_goes_to_one():
    draft = InquiryDraftFactory(typed=TYPED)
    agent, mari, kati = draft.owner, ready(), ready()

    def passer(to):
        return lambda: actions.pass_draft(key=draft.key, to=to, by=agent, at=LATER).to_id

    answers = at_once(passer(mari), passer(kati))

    assert sorted(map(str, answers), key=len)[-1] == "DraftGone"
    draft.refresh_from_db()
    assert draft.owner_id in answers
    assert DraftPassing.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_passing_twice_at_once_is_one():
    draft = InquiryDraftFactory(typed=TYPED)
    agent, mari = draft.owner, ready()

    def passing():
        return actions.pass_draft(
            key=draft.key, to=mari, by=agent, at=LATER, typed=TYPED, version=1
        ).pk

    first, second = at_once(passing, passing)

    assert first == second


@pytest.mark.django_db(transaction=True)
def test_two_who_pass_to_one_place_at_once_do_not_both_get_it():
    mari = ready()
    for _each in range(4):
        InquiryDraftFactory(owner=mari, typed=TYPED)
    drafts = [InquiryDraftFactory(typed=TYPED) for _each in range(2)]

    def passer(draft):
        key, owner = draft.key, draft.owner
        return lambda: actions.pass_draft(key=key, to=mari, by=owner, at=LATER) and "passed"

    answers = at_once(*[passer(draft) for draft in drafts])

    assert sorted(answers) == ["ColleagueIsFull", "passed"]
    assert InquiryDraft.objects.filter(owner=mari).count() == 5


@pytest.mark.django_db(transaction=True)
def test_two_who_pass_to_each_other_at_once_do_not_wait_for_each_other():
    jaan, mari = ready(), ready()
    one, other = (InquiryDraftFactory(owner=owner, typed=TYPED) for owner in (jaan, mari))

    def passer(draft, to):
        key, by = draft.key, draft.owner
        return lambda: actions.pass_draft(key=key, to=to, by=by, at=LATER) and "passed"

    assert at_once(passer(one, mari), passer(other, jaan)) == ["passed", "passed"]


@pytest.mark.django_db(transaction=True)
def test_passed_on_and_finished_at_once_is_one_of_both():
    draft = InquiryDraftFactory(typed=SILENT)
    agent, mari = draft.owner, ready()

    def passing():
        return actions.pass_draft(key=draft.key, to=mari, by=agent, at=LATER) and "passed"

    def finish():
        return actions.finish_inquiry(key=draft.key, by=agent, at=LATER) and "finished"

    answers = sorted(at_once(passing, finish))

    assert answers in (["DraftGone", "finished"], ["DraftGone", "passed"])
    assert Inquiry.objects.count() == ("finished" in answers)


@pytest.mark.django_db(transaction=True)
def test_taken_back_while_the_colleague_begins_to_write_is_one_of_both():
    draft = InquiryDraftFactory(typed=TYPED)
    agent, mari = draft.owner, ready()
    passing = actions.pass_draft(key=draft.key, to=mari, by=agent, at=LATER)
    version = passing.version

    def take_back():
        return actions.take_back_draft(key=draft.key, by=agent, at=LATER) and "back"

    def write():
        typed = {**TYPED, "answer": "Jah"}
        return (
            actions.save_draft(key=draft.key, version=version, typed=typed, by=mari, at=LATER)
            and "written"
        )

    answers = at_once(take_back, write)

    assert sorted(answers) in (["DraftGone", "back"], ["ColleagueHasGoneOn", "written"])
