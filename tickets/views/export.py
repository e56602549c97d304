from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions import record_access
from common.auth import requires
from common.table_files import csv_file, xlsx_file
from inquiries.list_form import address_of
from inquiries.queries import capped_count
from tickets.exports import lines_of
from tickets.list_filter import TicketExportForm, read_filters
from tickets.queries import narrowed, work_list

WRITERS = {"csv": csv_file, "xlsx": xlsx_file}


@requires("tickets.export_ticket")
def export(request):
    """Say how much it is and ask why; then give the rows of the list, noted in the access log."""
    now, today, user = timezone.now(), timezone.localdate(), request.user
    filter_form, view = read_filters(request)
    current = work_list(filter_form.chosen.get("list", ""), user)
    rows = narrowed(filter_form.filters(today, current.code), by=user, at=now)
    rows = rows.in_reach(user, "tickets.export_ticket").order_by(*current.order)
    form = TicketExportForm(request.POST or None)
    if not form.is_valid():
        chosen = {**filter_form.chosen, "list": current.code}
        context = {
            "form": form,
            "count": capped_count(rows, order=current.order),
            "current": current,
            "chips": filter_form.chips("", view),
            "back": address_of(reverse("tickets:list"), chosen, view),
        }
        return render(request, "tickets/export.html", context, status=422 if form.errors else 200)
    reason = form.cleaned_data["reason"]
    record_access(what="ticket.export", by=user, at=now, reason=reason, result_count=rows.count())
    watermark = _("Exported by %(who)s at %(when)s. Reason: %(reason)s. For work use only.") % {
        "who": user,
        "when": date_format(timezone.localtime(now), "SHORT_DATETIME_FORMAT"),
        "reason": reason,
    }
    lines = lines_of(rows, watermark=watermark, with_content=form.cleaned_data["with_content"])
    return WRITERS[form.cleaned_data["kind"]](lines, f"tickets-{today:%Y-%m-%d}")
