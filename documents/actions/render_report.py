"""Only the worker imports this module, because it brings in WeasyPrint."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import translation

from documents.actions.store_made_file import store_made_file
from documents.gateways import pdf
from documents.models import ReportPaper
from documents.return_report import report_of

LANGUAGE = "et"  # of papers


def render_report(*, report: ReportPaper, at: datetime) -> ReportPaper:
    """The report that somebody asked for is set as PDF, in Estonian.

    1. If it is no longer owed, do nothing. Otherwise note that it is being tried.
    2. Set it from what the check found; the same report always gives the same bytes.
    3. Lock it, look again, and put the file in its one place.

    Without Pango it goes on waiting and says so. Safe to run twice, at once, and to be killed at
    any moment.
    """
    if not report.is_owed:
        return report
    ReportPaper.objects.filter(pk=report.pk).update(attempts=F("attempts") + 1, tried_at=at)
    try:
        content = pdf.typeset_html(report_page(report), key=str(report.key))
    except pdf.PdfLibraryMissing as refusal:
        return _wait(report, refusal.code)
    return _keep(report, content, at)


def report_page(report: ReportPaper) -> str:
    """Return the page that becomes the PDF."""
    returned = report.returned
    envelope = returned.envelope
    papers = list(envelope.papers.active().order_by("pk"))
    with translation.override(LANGUAGE):
        context = {
            "case": envelope.case,
            "returned": returned,
            "report": report_of(returned),
            "holder": settings.AGENCY["name"],
            "restriction_basis": papers[0].rules.restriction_basis if papers else "",
            "restricted_until": max(
                (one.restricted_until for one in papers if one.restricted_until), default=None
            ),
        }
        return render_to_string("pdf/report.html", context)


def _wait(report: ReportPaper, error: str) -> ReportPaper:
    """Leave it owed, and do not count a try that could not even begin."""
    ReportPaper.objects.filter(pk=report.pk, stored_file=None).update(
        error=error, attempts=report.attempts
    )
    report.refresh_from_db()
    return report


def _keep(report: ReportPaper, content: bytes, at: datetime) -> ReportPaper:
    with transaction.atomic():
        report = ReportPaper.objects.select_for_update(of=("self",)).get(pk=report.pk)
        if report.stored_file_id is None:
            report.stored_file = store_made_file(
                key=report.key,
                content=content,
                name=f"kontroll-{report.returned.envelope.case.number}-{report.returned_id}.pdf",
                by=report.asked_by,
                at=at,
            )
            report.error = ""
            report.save(update_fields=["stored_file", "error"])
    return report
