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
from inquiries import actions
from inquiries.filters import FilterForm, read_filters
from inquiries.forms import SaveViewForm
from inquiries.lines import lines_of
from inquiries.list_form import address_of
from inquiries.models import SavedView
from inquiries.queries import found, mark_readable, page_found

PAGE_SIZE = 50


@requires("inquiries.view_inquiry")
@require_safe
@vary_on_headers("HX-Request")
def list_inquiries(request):
    form, view = read_filters(request)
    if not form.is_valid():
        messages.warning(request, _("Some of the filters were not understood and are off."))
    return _page(request, form, view, SaveViewForm())


def _page(request, form, view, save_form, status=200):
    today, path = timezone.localdate(), reverse("inquiries:list")
    matches = found(form.filters(today), by=request.user, today=today)
    page, count = page_found(matches, cursor=request.GET.get("cursor", ""), size=PAGE_SIZE)
    record_access(
        what="inquiry.search" if form.chosen.get("text") else "inquiry.list",
        by=request.user,
        at=timezone.now(),
        result_count=len(page.rows),
    )
    query = address_of("", form.chosen, view)
    context = {
        "page": page,
        "lines": lines_of(mark_readable(page.rows, by=request.user, today=today)),
        "count": count,
        "chips": form.chips(path, view),
        "view": view,
        "query": query,
        "save_form": save_form,
        "is_refused": status != 200,
    }
    template = "inquiries/list.html"
    if request.htmx and status == 200:
        return render(request, f"{template}#results", context)
    answer = render(request, template, {**context, **_around(request, form)}, status=status)
    if request.htmx:  # what was typed is refused at its field, which stands beside the results
        answer["HX-Retarget"] = answer["HX-Reselect"] = "#content"
        answer["HX-Push-Url"] = "false"
    return answer


def _around(request, form):
    return {"form": form, "views": saved_views(request.user, form.of_list)}


def saved_views(user, of_list):
    """Views of one list that have a name: one's own, and those that somebody shares."""
    views = SavedView.objects.visible_to(user).of_list(of_list).named()
    return views.select_related("owner")


@requires("inquiries.view_inquiry")
@require_POST
def search(request):
    """Turn the chosen filters into an address; a text is kept as a saved search instead."""
    form, view = FilterForm(request.POST), None
    chosen = form.chosen
    if not form.is_valid():
        return _page(request, form, None, SaveViewForm(), status=422)
    if chosen.get("text"):
        view = actions.save_view(filters=chosen, by=request.user, at=timezone.now())
    return redirect(address_of(reverse("inquiries:list"), chosen, view))


@requires("inquiries.view_inquiry")
@require_POST
def save_view(request):
    form, (filters, view) = SaveViewForm(request.POST), read_filters(request)
    chosen = filters.chosen
    if not form.is_valid():
        return _page(request, filters, view, form, status=422)
    view = actions.save_view(
        filters=chosen, by=request.user, at=timezone.now(), **form.cleaned_data
    )
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(address_of(reverse("inquiries:list"), chosen, view))


@requires("inquiries.view_inquiry")
@require_POST
def delete_view(request, key):
    view = get_object_or_404(
        SavedView.objects.visible_to(request.user).of_list(FilterForm.of_list), key=key
    )
    if view.owner_id != request.user.pk:
        raise Http404
    actions.delete_view(view=view, by=request.user, at=timezone.now())
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("inquiries:list")
