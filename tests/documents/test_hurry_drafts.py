import datetime as dt

import pytest
from django.utils import timezone

from documents import actions, tasks
from documents.models import AgencyDelegation
from documents.signers import from_check
from documents.states import PaperState
from tests.factories.documents import PaperFactory, ready_for_draft

pytestmark = pytest.mark.django_db

NOW = timezone.now()
LONG_AGO = NOW - dt.timedelta(minutes=5)


@pytest.fixture
def hurried(monkeypatch):
    sent = []
    monkeypatch.setattr(
        tasks.render_draft, "apply_async", lambda kwargs, expires: sent.append(kwargs["paper_id"])
    )
    return sent


def test_drafts_that_nobody_tried_lately_are_hurried(hurried):
    forgotten = PaperFactory(requested=True, requested_at=LONG_AGO)
    lost = PaperFactory(requested=True, requested_at=LONG_AGO, tried_at=LONG_AGO)
    PaperFactory(requested=True, requested_at=NOW)
    PaperFactory(requested=True, requested_at=LONG_AGO, tried_at=NOW)
    PaperFactory()

    assert actions.hurry_drafts(at=NOW) == 2
    assert sorted(hurried) == sorted([forgotten.pk, lost.pk])


def test_broken_broker_does_not_stop_the_request(monkeypatch, django_capture_on_commit_callbacks):
    def broken(**ids):
        raise OSError("no broker")

    monkeypatch.setattr(tasks.render_draft, "delay", broken)
    paper, mari = ready_for_draft()

    with django_capture_on_commit_callbacks(execute=True):
        paper = actions.request_draft(
            paper=paper,
            version=1,
            chosen=[from_check(mari)],
            delegation=AgencyDelegation.objects.first(),
            by=paper.case.responsible,
            at=NOW,
        )

    assert paper.state == PaperState.DRAFT_REQUESTED
