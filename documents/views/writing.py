"""Where an administrator writes wordings of papers: by kind, with what the paper would look like."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.auth import requires
from documents import actions
from documents.kinds import KINDS
from documents.models import TemplateVersion
from documents.queries import templates_by_kind
from documents.sample_values import sample_values, variable_names
from documents.template_forms import LONGEST_BODY, WordingForm
from documents.template_language import TemplateRefused, check_template, fill_template
from documents.wording_difference import difference

PERMISSION = "documents.change_template"


@requires(PERMISSION)
@require_safe
def paper_templates(request):
    """All kinds of papers: the version in force, and what waits to be approved."""
    context = {"rows": templates_by_kind(by=request.user)}
    return render(request, "documents/paper_templates.html", context)


@requires(PERMISSION)
def write_template(request, kind):
    """The text of a kind beside its preview; kept as a new version for a second person."""
    kind = _kind(kind)
    newest, in_force = _newest(request.user, kind), TemplateVersion.objects.latest_of(kind.code)
    seen = newest.number if newest else 0
    first = {"body": newest.body if newest else "", "seen": seen}
    form = WordingForm(request.POST or None, initial=first, in_force=in_force)
    if "keep" in request.POST and form.is_valid():
        try:
            actions.write_template(
                kind=kind.code, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except TemplateRefused as refused:
            form.add_error("body", str(refused))
        except actions.TemplateOvertaken as overtaken:
            form.add_error(None, str(overtaken))
            form = _seeing(form, seen)
        else:
            messages.success(request, _("Kept. It is used once a second person has approved it."))
            return redirect("documents:paper_templates")
    context = {
        "form": form,
        "kind": kind,
        "newest": newest,
        "variables": variable_names(kind),
        **_shown(kind, form["body"].value() or "", in_force, newest),
    }
    status = 422 if "keep" in request.POST else 200
    return render(request, "documents/write_template.html", context, status=status)


@require_POST
@requires(PERMISSION)
def preview_template(request, kind):
    """What the paper would look like while its text is typed, and how it differs from the one in force."""
    kind = _kind(kind)
    typed = request.POST.get("body", "")[:LONGEST_BODY]
    in_force = TemplateVersion.objects.latest_of(kind.code)
    context = {"kind": kind, "is_swap": True, **_shown(kind, typed, in_force)}
    return render(request, "documents/write_template.html#shown", context)


def _kind(code):
    if code not in KINDS:
        raise Http404
    return KINDS[code]


def _newest(user, kind):
    versions = TemplateVersion.objects.visible_to(user).of_kind(kind.code)
    return versions.select_related("written_by").order_by("-number").first()


def _seeing(form, number):
    """The same form with its errors, by which the next press keeps the text over the newer version."""
    form.data = form.data.copy()
    form.data["seen"] = str(number)
    return form


def _shown(kind, body, in_force, newest=None):
    """The preview or what is wrong, and the differences."""
    shown = {"in_force": in_force, "preview": "", "problem": ""}
    try:
        check_template(body, kind.variables)
        shown["preview"] = fill_template(body, sample_values(kind))
    except TemplateRefused as refused:
        shown["problem"] = str(refused)
    shown["lines"] = difference(in_force.body if in_force else "", body)
    if newest and newest != in_force:
        shown["lines_to_newest"] = difference(newest.body, body)
    return shown
