import hashlib
import io
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.utils import timezone
from pypdf import PdfReader

from common.models import Event, StoredFile
from documents import actions
from documents.actions.render_draft import ATTEMPTS, render_draft
from documents.gateways import pdf
from documents.models import AgencyDelegation, Paper
from documents.signers import from_check
from documents.states import CaseState, PaperState
from tests.factories.documents import PaperFactory, ready_for_draft

needs_pango = pytest.mark.skipif(
    not pdf.is_available(), reason="Pango is missing: apt install libpango-1.0-0 libpangoft2-1.0-0"
)
# WeasyPrint leaves its own colour profile for the garbage collector to close.
quiet = pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning"
)
pytestmark = [pytest.mark.django_db, needs_pango, quiet]


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def requested():
    paper, mari = ready_for_draft()
    return actions.request_draft(
        paper=paper,
        version=paper.case.version,
        chosen=[from_check(mari)],
        delegation=AgencyDelegation.objects.first(),
        by=paper.case.responsible,
        at=timezone.now(),
    )


def test_requested_draft_becomes_a_file_named_by_its_number():
    paper = render_draft(paper=requested(), at=timezone.now())

    paper.refresh_from_db()
    with paper.stored_file.file.open("rb") as file:
        content = file.read()
    assert (paper.state, paper.case.state) == (PaperState.DRAFT_READY, CaseState.DRAFT_READY)
    assert paper.sha256 == hashlib.sha256(content).hexdigest()
    assert paper.stored_file.original_name == f"{paper.number}.pdf"
    assert Event.objects.filter(kind="case-changed").exists()
    text = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    assert f"nr {paper.number}" in text


def test_rendering_twice_gives_one_file():
    paper = requested()
    stale = Paper.objects.get(pk=paper.pk)

    render_draft(paper=paper, at=timezone.now())
    again = render_draft(paper=stale, at=timezone.now())

    assert again.state == PaperState.DRAFT_READY
    assert StoredFile.objects.count() == 1
    assert len([one for one in Path(default_storage.location).rglob("*") if one.is_file()]) == 1


def test_file_left_by_a_worker_that_died_is_replaced():
    paper = requested()
    path = Path(default_storage.path(f"{paper.key.hex[:2]}/{paper.key.hex}"))
    path.parent.mkdir()
    path.write_bytes(b"half")
    path.with_suffix(".part").write_bytes(b"a quarter")

    paper = render_draft(paper=paper, at=timezone.now())

    assert hashlib.sha256(path.read_bytes()).hexdigest() == paper.sha256
    assert not path.with_suffix(".part").exists()


def test_paper_cancelled_meanwhile_stays_without_a_file():
    paper = requested()
    stale = Paper.objects.get(pk=paper.pk)
    case = paper.case
    case.refresh_from_db()
    actions.cancel_case(
        case=case, version=case.version, reason="x", by=case.responsible, at=timezone.now()
    )

    assert render_draft(paper=stale, at=timezone.now()).state == PaperState.CANCELLED
    assert not StoredFile.objects.exists()


def test_without_pango_the_draft_waits_and_says_so(monkeypatch):
    monkeypatch.setattr(pdf, "weasyprint", None)

    paper = render_draft(paper=requested(), at=timezone.now())

    assert (paper.state, paper.error) == (PaperState.DRAFT_REQUESTED, "pdf_library_missing")
    assert paper.attempts == 0


def test_template_without_a_value_fails_the_draft_and_it_can_be_asked_for_again():
    paper = requested()
    number = paper.number
    Paper.objects.filter(pk=paper.pk).update(variables='{"amet": {"nimi": "x"}}')
    paper = Paper.objects.get(pk=paper.pk)

    paper = render_draft(paper=paper, at=timezone.now())

    assert (paper.state, paper.error) == (PaperState.DRAFT_FAILED, "template_refused")
    assert paper.case.state == CaseState.DRAFT_FAILED
    paper = actions.request_draft(
        paper=paper,
        version=paper.case.version,
        chosen=[from_check(paper.representation_check.people.get())],
        delegation=AgencyDelegation.objects.first(),
        by=paper.case.responsible,
        at=timezone.now(),
    )
    assert (paper.number, paper.attempts) == (number, 0)
    assert render_draft(paper=paper, at=timezone.now()).state == PaperState.DRAFT_READY


def test_draft_that_kills_workers_is_given_up():
    paper = PaperFactory(requested=True, attempts=ATTEMPTS)

    assert render_draft(paper=paper, at=timezone.now()).error == "too_many_attempts"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sha256", "other"),
        ("number", "other"),
        ("number", None),
        ("template_version", None),
        ("stored_file", None),
        ("rendered_at", None),
    ],
)
def test_made_paper_cannot_be_changed_or_emptied_in_the_tables(field, value):
    paper = render_draft(paper=requested(), at=timezone.now())

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(**{field: value})
