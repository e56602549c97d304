import datetime as dt
import threading
import uuid

import pytest
from django.db import connection

from common.models import StaleSave
from inquiries import actions
from inquiries.models import Inquiry, InquiryDraft
from inquiries.refusals import AlreadyFinished
from tests.factories.accounts import UserFactory
from tests.factories.inquiries import MONDAY_TEN, InquiryDraftFactory, InquiryFactory
from tests.two_processes import at_once

pytestmark = pytest.mark.django_db(transaction=True)

LATER = MONDAY_TEN + dt.timedelta(minutes=5)


def test_a_finish_sent_by_two_processes_at_once_makes_one_inquiry():
    draft = InquiryDraftFactory(typed={"channel": "phone", "language": "et", "outcome": "silent"})
    key, agent = draft.key, draft.owner

    def finish():
        return actions.finish_inquiry(key=key, by=agent, at=LATER).number

    assert at_once(finish, finish, finish) == ["P-2026-000001"] * 3
    assert Inquiry.objects.count() == 1
    assert InquiryDraft.objects.open().count() == 0


def test_a_finish_with_the_last_text_sent_twice_at_once_makes_one_inquiry():
    draft = InquiryDraftFactory()
    key, agent = draft.key, draft.owner
    typed = {"channel": "phone", "language": "et", "outcome": "silent"}

    def finish():
        return actions.finish_inquiry(key=key, by=agent, at=LATER, typed=typed, version=1).number

    assert at_once(finish, finish) == ["P-2026-000001"] * 2
    assert Inquiry.objects.count() == 1


def test_two_contacts_finished_at_once_get_numbers_of_their_own():
    agent = UserFactory(role="specialist")
    drafts = [
        InquiryDraftFactory(
            owner=agent, typed={"channel": "phone", "language": "et", "outcome": "silent"}
        )
        for _ in range(2)
    ]

    def finisher(key):
        return lambda: actions.finish_inquiry(key=key, by=agent, at=LATER).number

    numbers = at_once(*[finisher(draft.key) for draft in drafts])

    assert sorted(numbers) == ["P-2026-000001", "P-2026-000002"]


def test_a_draft_opened_twice_at_once_is_one_draft():
    agent, key = UserFactory(role="specialist"), uuid.uuid4()

    def opened():
        return actions.open_draft(key=key, by=agent, at=LATER)[1]

    assert sorted(at_once(opened, opened)) == [False, True]
    assert InquiryDraft.objects.count() == 1


def test_an_autosave_overtaken_by_the_finish_makes_no_new_draft():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one transaction write at a time, so none can be overtaken")
    draft = InquiryDraftFactory(typed={"channel": "phone", "language": "et", "outcome": "silent"})
    key, agent = draft.key, draft.owner
    finishing = threading.Thread(target=_finish, args=(key, agent))

    def finish_after_first_look(execute, sql, params, many, context):
        """The first question has been answered; before the next one the other process commits."""
        try:
            return execute(sql, params, many, context)
        finally:
            if sql.startswith("SELECT") and not finishing.ident:
                finishing.start()
                finishing.join()

    with connection.execute_wrapper(finish_after_first_look):
        try:
            actions.open_draft(key=key, by=agent, at=LATER)
        except AlreadyFinished as done:
            assert done.inquiry.key == key  # noqa: PT017
    # Whatever the autosave was told, another try finds the inquiry, and there is no draft beside it.
    with pytest.raises(AlreadyFinished):
        actions.open_draft(key=key, by=agent, at=LATER)
    assert InquiryDraft.objects.open().count() == 0


def _finish(key, agent):
    try:
        actions.finish_inquiry(key=key, by=agent, at=LATER)
    finally:
        connection.close()


def test_two_tabs_that_save_at_once_overwrite_nothing():
    draft = InquiryDraftFactory()
    key, agent = draft.key, draft.owner

    def saver(text):
        def save():
            return actions.save_draft(
                key=key, version=1, typed={"question": text}, by=agent, at=LATER
            )

        return save

    answers = at_once(saver("esimene"), saver("teine"))

    assert sorted(map(str, answers)) == ["2", StaleSave.__name__]


def test_an_inquiry_is_closed_once():
    inquiry = InquiryFactory()
    agent = inquiry.agent

    def close():
        return actions.close_inquiry(inquiry=inquiry, by=agent, at=LATER).state

    assert sorted(at_once(close, close)) == ["MoveNotAllowed", "closed"]
    assert inquiry.history.filter(history_change_reason="closed").count() == 1


def test_two_who_call_a_client_back_at_once_keep_one_promise():
    promise = InquiryFactory(callback=True, started_at=MONDAY_TEN)

    def caller():
        by = UserFactory(role="specialist")
        draft = actions.begin_callback(inquiry=promise, by=by, at=MONDAY_TEN)
        typed = {**draft.typed, "outcome": "solved", "source_text": "MSVS § 6"}
        last = {"key": draft.key, "version": draft.version, "typed": typed}
        return lambda: actions.finish_inquiry(by=by, at=LATER, **last).state

    assert at_once(caller(), caller()) == ["solved", "solved"]

    promise.refresh_from_db()
    assert promise.state == "solved"
    assert promise.callback_tries.count() == 1
