"""Access held: whose, since when and by which paper; and what has to be closed."""

from django import forms
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.actions import record_access
from common.auth import requires
from common.refusals import Refusal
from documents import actions
from documents.models import Access
from documents.paper_forms import DayInput
from documents.queries import access_held, doubtful, expiring, rights_to_close
from registry.representation.codes import is_registry_code, plain_code

PAGE = 100


class HeldForm(forms.Form):
    organisation = forms.CharField(
        label=gettext_lazy("Registry code"), max_length=20, required=False
    )
    day = forms.DateField(label=gettext_lazy("As of"), widget=DayInput(), required=False)

    def clean_organisation(self):
        code = plain_code(self.cleaned_data["organisation"])
        if code and not is_registry_code(code):
            raise forms.ValidationError(_("This is not a registry code."))
        return code


@requires("documents.view_access")
@require_safe
def access_list(request):
    """What is to be closed today, what ends soon, what is in doubt; and who holds what on a day."""
    today = timezone.localdate()
    form = HeldForm(request.GET or None, initial={"day": today})
    held = _asked(form, today)
    groups = [
        (
            "close",
            _("Rights to close today"),
            list(rights_to_close(today)[:PAGE]),
            _("No rights have to be closed today."),
        ),
        (
            "doubt",
            _("In doubt by the register"),
            list(doubtful()[:PAGE]),
            _("The register makes no access doubtful."),
        ),
        (
            "soon",
            _("Ending within 30 days"),
            list(expiring(today)[:PAGE]),
            _("Nothing ends within 30 days."),
        ),
    ]
    record_access(
        what="access.list",
        by=request.user,
        at=timezone.now(),
        result_count=sum(len(rows) for _code, _title, rows, _nothing in groups) + len(held or []),
    )
    context = {"form": form, "held": held, "groups": groups, "today": today}
    return render(request, "documents/access.html", context, status=422 if form.errors else 200)


def _asked(form, today):
    if not form.is_valid() or not form.cleaned_data["organisation"]:
        return None
    return access_held(form.cleaned_data["organisation"], form.cleaned_data["day"] or today)


@require_POST
@requires("documents.close_access")
def close_access(request, pk):
    access = get_object_or_404(Access, pk=pk)
    try:
        actions.close_access(access=access, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Closed; the client is being told."))
    return redirect("documents:access")
