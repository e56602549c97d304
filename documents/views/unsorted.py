"""Signed files that came by mail and that belong to no case by themselves: a person sorts them."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import record_access
from common.auth import requires
from common.paging import keyset_page
from common.refusals import Refusal
from documents import actions
from documents.queries import files_to_sort
from documents.sorting_forms import SortForm

PERMISSION = "documents.change_case"


@never_cache
@requires(PERMISSION)
@require_safe
def unsorted_files(request):
    return _page(request)


def _page(request, refused=None):
    """The list, the oldest first; `refused` is the form that was not accepted, by its file."""
    page = keyset_page(
        files_to_sort().select_related("letter__inquiry", "proposed__case"),
        order=("came_at", "pk"),
        cursor=request.GET.get("cursor", ""),
        size=50,
    )
    rows = []
    for file in page.rows:
        number = file.proposed.case.number if file.proposed else ""
        form = SortForm(user=request.user, prefix=f"f{file.pk}", initial={"number": number})
        rows.append((file, (refused or {}).get(file.pk, form)))
    record_access(what="paper.unsorted", by=request.user, at=timezone.now(), result_count=len(rows))
    context = {"page": page, "rows": rows, "now": timezone.now()}
    return render(request, "documents/unsorted.html", context, status=422 if refused else 200)


@requires(PERMISSION)
@require_safe
def unsorted_file(request, pk):
    files = files_to_sort().select_related("stored_file").exclude(stored_file=None)
    file = get_object_or_404(files, pk=pk)
    stored: Any = file.stored_file
    actions.open_signed_file(file=file, by=request.user, at=timezone.now())
    return FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=file.name,
        content_type=stored.content_type,
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )


@require_POST
@requires(PERMISSION)
def sort(request, pk):
    """It belongs to a case after all."""
    file = get_object_or_404(files_to_sort(), pk=pk)
    form = SortForm(request.POST, user=request.user, prefix=f"f{file.pk}")
    if form.is_valid():
        try:
            actions.sort_signed_file(
                file=file, envelope=form.envelope, by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("The file has come in for the case and is being checked."))
            return redirect("documents:unsorted")
    return _page(request, {file.pk: form})


@require_POST
@requires(PERMISSION)
def dismiss(request, pk):
    """It belongs to no case; its letter is answered like any other."""
    file = get_object_or_404(files_to_sort(), pk=pk)
    try:
        actions.dismiss_signed_file(file=file, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Put away; the letter stays among the letters."))
    return redirect("documents:unsorted")
