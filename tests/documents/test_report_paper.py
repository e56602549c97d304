"""The report on a returned file as PDF: asked for, made by the worker, taken along."""

import datetime as dt
import io

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone, translation
from pypdf import PdfReader

from accounts.models import AccessEntry
from common.models import StoredFile
from documents import actions, tasks
from documents.actions.render_report import render_report, report_page
from documents.gateways import pdf
from documents.models import ReportPaper
from documents.signers import name_on_certificate
from tests.documents import signing
from tests.documents.situations import World
from tests.documents.test_render_draft import needs_pango
from tests.factories.accounts import UserFactory
from tests.factories.documents import MARI
from tests.htmx import soup

STRANGER = "37001011059"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    signing.keep_trusted_list()


@pytest.fixture
def world(client):
    world = World(("VOLIKIRI_PEA",)).draft().seal().send()
    client.force_login(world.by)
    client.cookies["django_language"] = "en"
    return world


@pytest.fixture
def returned(world):
    return world.bring(world.envelopes[0], MARI[1])


def asked(returned):
    return actions.request_report(
        returned=returned, by=UserFactory(role="specialist"), at=timezone.now()
    )


def made(returned):
    return render_report(report=asked(returned), at=timezone.now())


def content_of(stored):
    with default_storage.open(stored.file.name) as file:
        return file.read()


def text_of(content):
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def together(text):
    return "".join(text.split())


@needs_pango
def test_report_says_what_was_found_in_estonian_whoever_asks(returned):
    with translation.override("ru"):
        report = made(returned)

    text = text_of(content_of(report.stored_file))
    assert "Kas allkirjad kehtivad? jah" in text
    assert "Kas allkirjastasid õiged inimesed? jah" in text
    assert "Kas allkirjastati meie dokumendid? jah" in text
    assert "47001******" in text
    assert MARI[1] not in text
    assert "EE 7" in text
    assert returned.stored_file.sha256 in together(text)
    for paper in returned.envelope.papers.all():
        assert paper.sha256 in together(text)
        assert paper.file_name in together(text)
    assert "Asutusesiseseks kasutamiseks" in text


def test_faults_stand_in_the_report_with_their_clauses(world):
    returned = world.bring(world.envelopes[0], STRANGER)

    html = report_page(asked(returned))

    assert STRANGER not in html
    assert STRANGER not in str(returned.faults)

    assert "Kas allkirjastasid õiged inimesed?</th>\n        <td>ei</td>" in html
    assert returned.faults
    assert "37001******" in html


@needs_pango
def test_same_report_gives_the_same_bytes(returned):
    report = asked(returned)

    first = pdf.typeset_html(report_page(report), key=str(report.key))

    assert first == pdf.typeset_html(report_page(report), key=str(report.key))
    assert content_of(render_report(report=report, at=timezone.now()).stored_file) == first


@needs_pango
def test_making_it_twice_gives_one_file(returned):
    before = StoredFile.objects.count()
    report = asked(returned)
    stale = ReportPaper.objects.get(pk=report.pk)

    render_report(report=report, at=timezone.now())
    again = render_report(report=stale, at=timezone.now())

    assert again.stored_file is not None
    assert StoredFile.objects.count() == before + 1


def test_without_pango_the_report_waits_and_the_page_names_the_package(
    monkeypatch, client, returned
):
    monkeypatch.setattr(pdf, "weasyprint", None)

    report = made(returned)

    page = soup(client.get(reverse("documents:report", args=[returned.pk])))
    assert (report.error, report.attempts, report.is_owed) == ("pdf_library_missing", 0, True)
    assert "libpango-1.0-0" in page.select_one("#report-paper").text


@needs_pango
def test_page_asks_waits_and_offers_the_file(client, returned):
    page = reverse("documents:report", args=[returned.pk])
    state = reverse("documents:report_paper_state", args=[returned.pk])
    taken = reverse("documents:report_paper", args=[returned.pk])
    assert client.get(taken).status_code == 404

    client.post(reverse("documents:ask_report_paper", args=[returned.pk]))

    waiting = soup(client.get(page)).select_one("#report-paper")
    assert "being made" in waiting.text
    assert waiting["hx-get"] == state
    render_report(report=ReportPaper.objects.get(), at=timezone.now())
    there = soup(client.get(state)).select_one("#report-paper")
    assert not there.has_attr("hx-get")
    assert there.a["href"] == taken
    answer = client.get(taken)
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "private, no-store"
    assert AccessEntry.objects.filter(what="paper.download").count() == 1


def test_what_was_not_judged_has_no_report(client, world):
    returned = world.bring(world.envelopes[0], MARI[1])
    type(returned).objects.filter(pk=returned.pk).update(report="")
    returned.refresh_from_db()

    with pytest.raises(actions.NotJudgedYet):
        asked(returned)


def test_reports_that_nobody_tried_lately_are_hurried(monkeypatch, returned):
    sent = []
    monkeypatch.setattr(
        tasks.render_report,
        "apply_async",
        lambda kwargs, **_options: sent.append(kwargs["report_id"]),
    )
    report = asked(returned)
    later = timezone.now() + dt.timedelta(minutes=5)

    assert actions.hurry_reports(at=timezone.now()) == 0
    assert actions.hurry_reports(at=later) == 1
    ReportPaper.objects.update(attempts=ReportPaper.MOST_ATTEMPTS)
    assert actions.hurry_reports(at=later) == 0
    assert sent == [report.pk]


def test_report_that_was_given_up_is_tried_anew_when_asked_again(client, returned):
    asked(returned)
    ReportPaper.objects.update(attempts=ReportPaper.MOST_ATTEMPTS)
    page = soup(client.get(reverse("documents:report", args=[returned.pk])))
    assert "try again" in page.select_one("#report-paper").text

    assert asked(returned).is_owed
    assert ReportPaper.objects.count() == 1


@pytest.mark.parametrize("route", ["report_paper", "report_paper_state"])
def test_report_is_for_those_who_may_see_the_case(client, returned, route):
    client.force_login(UserFactory(role="administrator"))

    assert client.get(reverse(f"documents:{route}", args=[returned.pk])).status_code == 403


@pytest.mark.parametrize(
    ("name", "code", "shown"),
    [
        ("MÄNNIK,MARI-LIIS,47101010033", "47101010033", "Mari-Liis Männik"),
        ("47101010033", "47101010033", ""),
        ("NÄIDIS AS", "", "NÄIDIS AS"),
        ("O'Neill,Sean,PNOIE-1234567", "PNOIE-1234567", "Sean O'Neill"),
    ],
)
def test_name_on_a_certificate_is_shown_without_the_code(name, code, shown):
    assert name_on_certificate(name, code) == shown
