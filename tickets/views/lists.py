from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.actions import record_access
from common.auth import requires
from common.paging import keyset_page
from inquiries.actions import delete_view as forget_view
from inquiries.actions import save_view as keep_view
from inquiries.forms import SaveViewForm
from inquiries.list_form import address_of
from inquiries.models import SavedView
from inquiries.views.listing import saved_views
from tickets.lines import lines_of
from tickets.list_filter import TicketFilterForm, read_filters
from tickets.queries import (
    COUNTED_UP_TO,
    counted,
    narrowed,
    rows_of,
    rows_to_show,
    work_list,
    work_lists_of,
)

PAGE_SIZE = 50


@dataclass(frozen=True)
class Tab:
    """A work list as a link, with the number of tickets on it."""

    code: str
    label: str
    count: str
    is_current: bool


@requires("tickets.view_ticket")
@require_safe
@vary_on_headers("HX-Request")
def list_tickets(request):
    """Work lists as tabs; each counts what it lists."""
    form, view = read_filters(request)
    if not form.is_valid():
        messages.warning(request, _("Some of the filters were not understood and are off."))
    return _page(request, form, view, SaveViewForm())


def _page(request, form, view, save_form, status=200):
    now, user = timezone.now(), request.user
    current = work_list(form.chosen.get("list", ""), user)
    filters = form.filters(timezone.localdate(now), current.code)
    page = keyset_page(
        narrowed(filters, by=user, at=now),
        order=current.order,
        cursor=request.GET.get("cursor", ""),
        size=PAGE_SIZE,
        read=rows_to_show,
    )
    if form.chosen.get("text"):
        record_access(what="ticket.search", by=user, at=now, result_count=len(page.rows))
    offered = work_lists_of(user)
    questions = {one.code: rows_of(one.code, user, now) for one in offered if one.is_counted}
    counts = counted({**questions, "shown": narrowed(filters, by=user, at=now, is_counted=True)})
    path, chosen = reverse("tickets:list"), {**form.chosen, "list": current.code}
    context = {
        "page": page,
        "lines": lines_of(page.rows, by=user, at=now),
        "count": min(counts["shown"], COUNTED_UP_TO),
        "is_more": counts["shown"] > COUNTED_UP_TO,
        "tabs": [_tab(one, counts.get(one.code), current) for one in offered],
        "current": current,
        "chips": form.chips(path, view),
        "view": view,
        "query": address_of("", chosen, view),
        "save_form": save_form,
        "people": form.people,
        "is_refused": status != 200,
        "may_choose": user.is_authenticated,
    }
    template = "tickets/list.html"
    if request.htmx and status == 200:
        return render(request, f"{template}#results", context)
    around = {"form": form, "views": saved_views(user, form.of_list)}
    return render(request, template, {**context, **around}, status=status)


def _tab(one, count, current):
    shown = "" if count is None else str(min(count, COUNTED_UP_TO)) + "+" * (count > COUNTED_UP_TO)
    return Tab(one.code, one.label, shown, one == current)


@requires("tickets.view_ticket")
@require_POST
def search(request):
    """Turn the chosen filters into an address; a text is kept as a saved search instead."""
    form, view = TicketFilterForm(request.POST), None
    if not form.is_valid():
        return _page(request, form, None, SaveViewForm(), status=422)
    if form.chosen.get("text"):
        view = keep_view(
            filters=form.chosen, of_list=form.of_list, by=request.user, at=timezone.now()
        )
    return redirect(address_of(reverse("tickets:list"), form.chosen, view))


@requires("tickets.view_ticket")
@require_POST
def save_view(request):
    form, (filters, view) = SaveViewForm(request.POST), read_filters(request)
    if not form.is_valid():
        return _page(request, filters, view, form, status=422)
    view = keep_view(
        filters=filters.chosen,
        of_list=filters.of_list,
        by=request.user,
        at=timezone.now(),
        **form.cleaned_data,
    )
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(address_of(reverse("tickets:list"), filters.chosen, view))


@requires("tickets.view_ticket")
@require_POST
def delete_view(request, key):
    views = SavedView.objects.visible_to(request.user).of_list(TicketFilterForm.of_list)
    view = get_object_or_404(views, key=key)
    if view.owner_id != request.user.pk:
        raise Http404
    forget_view(view=view, by=request.user, at=timezone.now())
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("tickets:list")
