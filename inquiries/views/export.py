from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions import record_access
from common.auth import requires
from common.table_files import csv_file
from inquiries.exports import lines_of
from inquiries.filters import read_filters
from inquiries.forms import ExportForm
from inquiries.models import Inquiry
from inquiries.queries import capped_count, filtered


@requires("inquiries.export_inquiry")
def export(request):
    """Say how much it is and ask why; then stream the rows, noted in the access log."""
    now, today = timezone.now(), timezone.localdate()
    filter_form, view = read_filters(request)
    narrowed = filtered(filter_form.filters(today), by=request.user, today=today)
    rows = narrowed & Inquiry.objects.exportable_by(request.user)
    form = ExportForm(request.POST or None)
    if not form.is_valid():
        context = {
            "form": form,
            "count": capped_count(rows),
            "chips": filter_form.chips("", view),
        }
        return render(request, "inquiries/export.html", context, status=422 if form.errors else 200)
    reason = form.cleaned_data["reason"]
    record_access(
        what="inquiry.export",
        by=request.user,
        at=now,
        reason=reason,
        result_count=rows.count(),
    )
    watermark = _("Exported by %(who)s at %(when)s. Reason: %(reason)s. For work use only.") % {
        "who": request.user,
        "when": date_format(timezone.localtime(now), "SHORT_DATETIME_FORMAT"),
        "reason": reason,
    }
    lines = lines_of(
        rows,
        by=request.user,
        today=today,
        watermark=watermark,
        with_content=form.cleaned_data["with_content"],
    )
    return csv_file(lines, f"inquiries-{today:%Y-%m-%d}")
