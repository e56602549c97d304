"""Whether what has changed concerns a list or a board that somebody has open: asked before anything is said or drawn."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.auth import requires
from inquiries.typed import is_id
from tickets.list_filter import read_filters
from tickets.queries import narrowed, work_list
from tickets.views.board import filters_of_board

MOST = 200


@requires("tickets.view_ticket")
@require_safe
def list_changed(request):
    now = timezone.now()
    form, _view = read_filters(request)
    current = work_list(form.chosen.get("list", ""), request.user)
    filters = form.filters(timezone.localdate(now), current.code)
    return _told(request, narrowed(filters, by=request.user, at=now))


@requires("tickets.view_ticket")
@require_safe
def board_changed(request):
    now = timezone.now()
    filters = filters_of_board(request)
    return _told(request, narrowed(filters, by=request.user, at=now))


def _told(request, rows):
    """How many of those that changed stand there, or stood there when the page was drawn."""
    changed = _ids(request, "changed")
    there = set(rows.filter(pk__in=changed).values_list("pk", flat=True)) if changed else set()
    number = len(there | (_ids(request, "shown") & changed))
    if not number:
        return HttpResponse(status=204)
    return render(request, "components/changed_bar.html", {"number": number})


def _ids(request, name):
    typed = request.GET.get(name, "").split(",")[:MOST]
    return {int(one) for one in typed if is_id(one)}
