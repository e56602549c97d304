import csv
from itertools import islice

from django.contrib import messages
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import record_access
from common.auth import requires
from common.refusals import Refusal
from common.table_files import Echo, safe
from common.uploads import UploadRefused
from inquiries import actions
from inquiries.models import PastImport
from inquiries.past.tables import NotATable, rows_below, sheets_of
from inquiries.past_files import FileGone, content_of, samples
from inquiries.past_forms import (
    COLUMN,
    FALLBACK,
    ColumnsForm,
    PastFileForm,
    PastProfileForm,
    ShapeForm,
    UndoForm,
    ValuesForm,
)
from inquiries.past_preview import preview
from inquiries.past_sentences import (
    FIELDS,
    IMPORT_REASONS,
    KEPT_REASONS,
    why_aside,
)
from inquiries.queries import touched
from inquiries.states import PastImportState

SHOWN = 30
ASIDE_SHOWN = 100
TOUCHED_SHOWN = 100
VALUES_SHOWN = 200
# Where the columns may still be looked at and changed.
OPEN = {PastImportState.SETTING_UP, PastImportState.TRIED, PastImportState.FAILED}


def the_import(request, pk):
    imports = PastImport.objects.visible_to(request.user).select_related("file", "requested_by")
    return get_object_or_404(imports, pk=pk)


@requires("inquiries.import_past")
def past_list(request):
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PastFileForm(*sent)
    if form.is_valid():
        try:
            past_import = actions.receive_past_file(
                **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except (UploadRefused, actions.NoTable) as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("inquiries:past_columns", past_pk=past_import.pk)
    imports = PastImport.objects.visible_to(request.user).select_related("requested_by")
    context = {"form": form, "imports": imports[:SHOWN]}
    return render(request, "inquiries/past/list.html", context, status=422 if form.errors else 200)


@requires("inquiries.import_past")
def past_columns(request, past_pk):
    past_import = the_import(request, past_pk)
    if past_import.state not in OPEN:
        return redirect("inquiries:past", past_pk=past_pk)
    try:
        content = content_of(past_import)
        shown = samples(
            content, past_import.shape, past_import.fields, width=len(past_import.headings)
        )
        sheets = sheets_of(content)
    except (FileGone, NotATable) as error:
        raise Http404 from error
    shape = {
        name: getattr(past_import, name)
        for name in ("sheet", "encoding", "delimiter", "heading_row")
    }
    asks_shape = "reshape" in request.POST
    shape_form = ShapeForm(request.POST if asks_shape else None, sheets=sheets, initial=shape)
    is_sent = request.method == "POST" and not asks_shape
    form = ColumnsForm(request.POST if is_sent else None, past_import=past_import)
    answer = (
        _reshaped(request, past_import, shape_form)
        if asks_shape
        else _tried(request, past_import, form)
    )
    if answer:
        return answer
    record_access(
        what="inquiry.import_view", by=request.user, at=timezone.now(), subject=past_import
    )
    context = {
        "import": past_import,
        "shape_form": shape_form,
        "form": form,
        "columns": list(zip(form.columns, shown, strict=False)),
        "is_text": not sheets,
    }
    status = 422 if form.errors or shape_form.errors else 200
    return render(request, "inquiries/past/columns.html", context, status=status)


def _reshaped(request, past_import, form):
    if not form.is_valid():
        return None
    try:
        actions.reshape_past_import(
            past_import=past_import, shape=form.shape, by=request.user, at=timezone.now()
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect("inquiries:past_columns", past_pk=past_import.pk)


def _tried(request, past_import, form):
    if not form.is_valid():
        return None
    try:
        actions.request_past_trial(
            past_import=past_import,
            columns=form.chosen(COLUMN),
            fallbacks=form.chosen(FALLBACK),
            day_first=form.cleaned_data["day_first"],
            zone=form.cleaned_data["zone"],
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    return redirect("inquiries:past", past_pk=past_import.pk)


@requires("inquiries.import_past")
@require_safe
def past(request, past_pk):
    past_import = the_import(request, past_pk)
    context = _context(request, past_import)
    template = "inquiries/past/show.html"
    return render(request, f"{template}#progress" if request.htmx else template, context)


def _context(request, past_import):
    state = PastImportState(past_import.state)
    aside = past_import.rows_aside.all()[: ASIDE_SHOWN + 1]
    context = {
        "import": past_import,
        "reason": IMPORT_REASONS.get(past_import.reason, past_import.reason),
        "aside": [(row, why_aside(row)) for row in aside[:ASIDE_SHOWN]],
        "may_download": past_import.file_id and past_import.set_aside,
        "may_set_up": state in OPEN and past_import.failed_at_state in {"", "trying"},
        "may_undo": state == PastImportState.DONE
        or (state == PastImportState.FAILED and past_import.failed_at_state == "running"),
        "may_resume": state == PastImportState.FAILED and past_import.failed_at_state != "trying",
        "kept": past_import.inquiries.exclude(kept_because="").count()
        if state == PastImportState.UNDONE
        else 0,
    }
    if state == PastImportState.TRIED:
        values = list(past_import.values.order_by("ours", "field", "-count")[:VALUES_SHOWN])
        context |= {
            "values_form": ValuesForm(values=values),
            "fields": FIELDS,
            "unmatched": sum(not value.ours for value in values),
            "profile_form": PastProfileForm(),
            "sample": _sample(request, past_import),
        }
    return context


def _sample(request, past_import):
    record_access(
        what="inquiry.import_view", by=request.user, at=timezone.now(), subject=past_import
    )
    try:
        return preview(past_import, timezone.now())
    except (FileGone, NotATable):
        return []


@requires("inquiries.import_past")
@require_POST
def match_values(request, past_pk):
    past_import = the_import(request, past_pk)
    form = ValuesForm(request.POST, values=list(past_import.values.all()))
    if form.is_valid():
        _do(
            request,
            actions.match_past_values,
            past_import=past_import,
            matches=form.matches,
        )
    return redirect("inquiries:past", past_pk=past_pk)


@requires("inquiries.import_past")
@require_POST
def save_profile(request, past_pk):
    past_import = the_import(request, past_pk)
    form = PastProfileForm(request.POST)
    if form.is_valid():
        _do(
            request,
            actions.save_past_profile,
            past_import=past_import,
            name=form.cleaned_data["name"],
        )
        messages.success(request, _("The profile is saved."))
    return redirect("inquiries:past", past_pk=past_pk)


@requires("inquiries.import_past")
@require_POST
def run(request, past_pk):
    _do(request, actions.request_past_import, past_import=the_import(request, past_pk))
    return redirect("inquiries:past", past_pk=past_pk)


@requires("inquiries.import_past")
@require_POST
def resume(request, past_pk):
    _do(request, actions.resume_past_import, past_import=the_import(request, past_pk))
    return redirect("inquiries:past", past_pk=past_pk)


@requires("inquiries.import_past")
def undo(request, past_pk):
    """Show what would stay, and undo the whole import once it is asked for."""
    past_import = the_import(request, past_pk)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _do(
            request,
            actions.request_past_undo,
            past_import=past_import,
            takes_changed=form.cleaned_data["takes_changed"],
        )
        return redirect("inquiries:past", past_pk=past_pk)
    staying = list(islice(touched(past_import), TOUCHED_SHOWN))
    context = {
        "import": past_import,
        "form": form,
        "touched": [(row, KEPT_REASONS[why]) for row, why in staying],
    }
    return render(request, "inquiries/past/undo.html", context)


def _do(request, action, **kwargs):
    try:
        action(**kwargs, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))


@requires("inquiries.import_past")
@require_safe
def aside(request, past_pk):
    """The rows set aside as they stand in the file, to be mended and brought again."""
    past_import = the_import(request, past_pk)
    try:
        content = content_of(past_import)
    except FileGone as error:
        raise Http404 from error
    whys = {row.line: why_aside(row) for row in past_import.rows_aside.all()}
    record_access(
        what="inquiry.import_aside",
        by=request.user,
        at=timezone.now(),
        subject=past_import,
        result_count=len(whys),
    )
    lines = _aside_lines(past_import, content, whys)
    writer = csv.writer(Echo(), delimiter=";")
    response = StreamingHttpResponse(
        ("\ufeff" * (number == 0) + writer.writerow(line) for number, line in enumerate(lines)),
        content_type="text/csv; charset=utf-8",
    )
    response["Content-Disposition"] = f'attachment; filename="set-aside-{past_import.pk}.csv"'
    return response


def _aside_lines(past_import, content, whys):
    yield [*map(safe, past_import.headings), _("Row"), _("Why")]
    width = len(past_import.headings)
    for line, cells in rows_below(content, past_import.shape):
        if line in whys:
            texts = [safe(str(cell)) for cell in cells] if isinstance(cells, list) else []
            yield [*(texts + [""] * width)[:width], str(line), whys[line]]
