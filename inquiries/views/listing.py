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
from inquiries import actions
from inquiries.filters import FilterForm, address_of, read_filters
from inquiries.forms import SaveViewForm
from inquiries.models import SavedView
from inquiries.queries import capped_count, filtered, mark_readable, rows_of_list

PAGE_SIZE = 50


@requires("inquiries.view_inquiry")
@require_safe
@vary_on_headers("HX-Request")
def list_inquiries(request):
    today, path = timezone.localdate(), reverse("inquiries:list")
    form, view = read_filters(request)
    if not form.is_valid():
        messages.warning(request, _("Some of the filters were not understood and are off."))
    found = filtered(form.filters(today), by=request.user, today=today)
    page = keyset_page(rows_of_list(found), cursor=request.GET.get("cursor", ""), size=PAGE_SIZE)
    record_access(
        what="inquiry.search" if form.chosen.get("text") else "inquiry.list",
        by=request.user,
        at=timezone.now(),
        result_count=len(page.rows),
    )
    query = address_of("", form.chosen, view)
    context = {
        "page": page,
        "rows": mark_readable(page.rows, by=request.user, today=today),
        "count": capped_count(found, page=page),
        "chips": form.chips(path, view),
        "view": view,
        "query": query,
        "page_address": f"{path}{query}{'&' if query else '?'}",
        "save_form": SaveViewForm(),
        **({} if request.htmx else _around(request, form)),
    }
    template = "inquiries/list.html"
    return render(request, f"{template}#results" if request.htmx else template, context)


def _around(request, form):
    views = SavedView.objects.visible_to(request.user).named().select_related("owner")
    return {"form": form, "views": views}


@requires("inquiries.view_inquiry")
@require_POST
def search(request):
    """Turn the chosen filters into an address; a text is kept as a saved search instead."""
    chosen = FilterForm(request.POST).chosen
    view = None
    if chosen.get("text"):
        view = actions.save_view(filters=chosen, by=request.user, at=timezone.now())
    return redirect(address_of(reverse("inquiries:list"), chosen, view))


@requires("inquiries.view_inquiry")
@require_POST
def save_view(request):
    form, chosen = SaveViewForm(request.POST), read_filters(request)[0].chosen
    if not form.is_valid():
        messages.error(request, _("Give the view a name of at most 80 characters."))
        return redirect(address_of(reverse("inquiries:list"), chosen, read_filters(request)[1]))
    view = actions.save_view(
        filters=chosen, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(address_of(reverse("inquiries:list"), chosen, view))


@requires("inquiries.view_inquiry")
@require_POST
def delete_view(request, key):
    view = get_object_or_404(SavedView.objects.visible_to(request.user), key=key)
    if view.owner_id != request.user.pk:
        raise Http404
    actions.delete_view(view=view, by=request.user, at=timezone.now())
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("inquiries:list")
