import datetime as dt

import pytest

from inquiries import actions
from inquiries.models import InquiryDraft, SavedView
from inquiries.states import InquiryState
from tests.factories.inquiries import (
    MONDAY_TEN,
    InquiryDraftFactory,
    InquiryFactory,
    SavedViewFactory,
)

pytestmark = pytest.mark.django_db

WEEK_LATER = MONDAY_TEN + dt.timedelta(days=8)


def test_settled_inquiries_are_closed_after_the_quiet_days_and_open_ones_stay():
    quiet, young = InquiryFactory(started_at=MONDAY_TEN), InquiryFactory(started_at=WEEK_LATER)
    waiting = InquiryFactory(started_at=MONDAY_TEN, with_unit=True)

    assert actions.close_settled_inquiries(at=WEEK_LATER) == 1
    assert actions.close_settled_inquiries(at=WEEK_LATER) == 0

    for inquiry in (quiet, young, waiting):
        inquiry.refresh_from_db()
    assert (quiet.state, young.state, waiting.state) == (
        InquiryState.CLOSED,
        InquiryState.SOLVED,
        InquiryState.WITH_UNIT,
    )
    assert quiet.history.first().history_user is None


def test_the_sweep_takes_what_was_thrown_away_and_searches_without_a_name():
    kept, gone = InquiryDraftFactory(), InquiryDraftFactory(discarded_at=MONDAY_TEN)
    named = SavedViewFactory()
    SavedViewFactory(name="", filters={"text": "Mari"})

    actions.sweep_drafts(at=MONDAY_TEN + dt.timedelta(minutes=5))
    assert InquiryDraft.objects.filter(pk=gone.pk).exists()
    actions.sweep_drafts(at=WEEK_LATER)

    assert list(InquiryDraft.objects.all()) == [kept]
    assert list(SavedView.objects.all()) == [named]


def test_a_recording_is_forgotten_after_its_day_in_the_versions_too():
    inquiry = InquiryFactory(recording_reference="pbx/77", recording_expires_on=MONDAY_TEN.date())

    actions.forget_recordings(at=MONDAY_TEN)
    inquiry.refresh_from_db()
    assert inquiry.recording_reference == "pbx/77"
    actions.forget_recordings(at=MONDAY_TEN + dt.timedelta(days=1))

    inquiry.refresh_from_db()
    assert (inquiry.recording_reference, inquiry.recording_expires_on) == ("", None)
    assert inquiry.history.get().recording_reference == ""
