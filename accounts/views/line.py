"""Who stands how to the telephone line: one's own state, everybody's, and at a moment gone by."""

import datetime as dt

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import actions
from accounts.forms import CorrectLineStateForm, LineStateForm, MomentForm
from accounts.models import User
from accounts.queries import line_at, line_changes, off_the_line, on_the_line
from accounts.roles import Scope
from common.auth import requires

OWN_STATE = "components/line_state.html"
MOST_CHANGES = 200


@requires("accounts.change_line_state")
@require_GET
def own_state(request):
    return render(request, OWN_STATE)


@requires("accounts.change_line_state")
@require_POST
def set_own_state(request):
    """One key in the top bar of every page; nothing else on the page changes."""
    form = LineStateForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    actions.set_line_state(
        user=request.user, state=form.cleaned_data["state"], by=request.user, at=timezone.now()
    )
    return render(request, OWN_STATE) if request.htmx else redirect(place_of(request))


def place_of(request):
    place = request.POST.get("next", "/")
    return place if url_has_allowed_host_and_scheme(place, {request.get_host()}) else "/"


@requires("accounts.view_line")
@require_GET
def line(request):
    """Everybody's state now; with a moment, who was on the line then and what changed that day."""
    now = timezone.now()
    form = MomentForm(request.GET or None, initial={"at": timezone.localtime(now)})
    context = {
        "people": on_the_line(),
        "others": off_the_line(timezone.localdate(now)),
        "form": form,
        "choices": User(line_state="").line_states,
        "may_correct": request.user.scope_of("accounts.change_line_state") == Scope.ALL,
    }
    if form.is_valid():
        moment = form.cleaned_data["at"]
        begins = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
        changes = line_changes(begins, begins + dt.timedelta(days=1))
        context |= {
            "moment": moment,
            "then": line_at(moment),
            "changes": changes[:MOST_CHANGES],
            "changes_of": begins,
        }
    return render(request, "accounts/line.html", context, status=422 if form.errors else 200)


@requires("accounts.change_line_state")
@require_POST
def correct_state(request, pk):
    """The coordinator puts right what a colleague forgot; who, when and why is kept."""
    if request.user.scope_of("accounts.change_line_state") != Scope.ALL:
        raise PermissionDenied
    user = get_object_or_404(User, pk=pk, is_active=True)
    form = CorrectLineStateForm(request.POST)
    if form.is_valid():
        actions.set_line_state(
            user=user,
            state=form.cleaned_data["state"],
            by=request.user,
            at=timezone.now(),
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("The state is corrected."))
    else:
        messages.error(request, str(actions.ReasonNeeded()))
    return redirect("accounts:line")
