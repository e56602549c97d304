"""Two processes at the same draft, and workers killed at any moment. On both engines."""

import hashlib
import os
import signal
import time
from pathlib import Path
from random import Random

import pytest
from django.core.files.storage import default_storage
from django.db import connections
from django.utils import timezone

from common.models import NumberSeries, StoredFile
from documents import actions
from documents.actions.render_draft import render_draft
from documents.models import AgencyDelegation, Paper
from documents.signers import from_check
from documents.states import PaperState
from tests.documents.test_render_draft import needs_pango, quiet
from tests.factories.documents import ready_for_draft
from tests.two_processes import FORK, at_once

pytestmark = [pytest.mark.django_db(transaction=True), needs_pango, quiet]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def request(paper_id):
    paper = Paper.objects.select_related("case__responsible").get(pk=paper_id)
    return actions.request_draft(
        paper=paper,
        version=1,
        chosen=[from_check(paper.representation_check.people.get())],
        delegation=AgencyDelegation.objects.first(),
        by=paper.case.responsible,
        at=timezone.now(),
    ).number


def render(paper_id):
    return render_draft(paper=Paper.objects.get(pk=paper_id), at=timezone.now()).state


def files():
    return [one for one in Path(default_storage.location).rglob("*") if one.is_file()]


@pytest.fixture
def paper_id(monkeypatch):
    monkeypatch.setattr("documents.tasks.render_draft.delay", lambda **ids: None)
    paper, _mari = ready_for_draft()
    return paper.pk


def test_two_who_ask_at_once_get_one_number(paper_id):
    numbers = at_once(lambda: request(paper_id), lambda: request(paper_id))

    assert numbers[0] == numbers[1]
    assert NumberSeries.objects.get(series="KL").last == 1


def test_two_workers_at_once_make_one_file(paper_id):
    request(paper_id)

    states = at_once(lambda: render(paper_id), lambda: render(paper_id))

    paper = Paper.objects.get(pk=paper_id)
    assert states == [PaperState.DRAFT_READY] * 2
    assert StoredFile.objects.count() == 1
    assert [hashlib.sha256(one.read_bytes()).hexdigest() for one in files()] == [paper.sha256]
    assert paper.events.filter(what="draft_ready").count() == 1


def test_worker_killed_at_any_moment_costs_nothing_but_time(paper_id):
    request(paper_id)
    moments = Random(7)

    for _ in range(6):
        connections.close_all()
        worker = FORK.Process(target=render, args=(paper_id,))
        worker.start()
        time.sleep(moments.uniform(0.01, 0.35))
        os.kill(worker.pid, signal.SIGKILL)
        worker.join(10)
    render(paper_id)

    paper = Paper.objects.get(pk=paper_id)
    assert (paper.state, paper.number[-6:]) == (PaperState.DRAFT_READY, "000001")
    assert StoredFile.objects.count() == 1
    assert [hashlib.sha256(one.read_bytes()).hexdigest() for one in files()] == [paper.sha256]
    assert paper.events.filter(what="draft_ready").count() == 1
