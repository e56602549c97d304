from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import actions, handover
from accounts.forms import SubstitutionForm
from accounts.models import Substitution
from common.auth import requires
from common.refusals import Refusal

SHOWN = 50  # substitutions that are over stand in the history of the record


@requires("accounts.view_substitution")
def substitutions(request):
    """Who stands in for whom now and later, with what was handed over and what is open now."""
    today = timezone.localdate()
    found = (
        Substitution.objects.visible_to(request.user)
        .not_over_on(today)
        .select_related("substitute", "substituted", "arranged_by")
        .order_by("starts_on", "pk")[:SHOWN]
    )
    rows = [
        {
            "substitution": one,
            "is_running": one.is_running(today),
            "handed_over": handover.labelled(one.handed_over),
            "may_end": request.user.has_perm("accounts.arrange_substitution", one),
        }
        for one in found
    ]
    return render(
        request,
        "accounts/substitutions.html",
        {"rows": rows, "may_arrange": request.user.has_perm("accounts.arrange_substitution")},
    )


@requires("accounts.view_substitution")
def substitution(request, pk):
    one = get_object_or_404(Substitution.objects.visible_to(request.user), pk=pk)
    return render(
        request,
        "accounts/substitution.html",
        {
            "substitution": one,
            "is_running": one.is_running(timezone.localdate()),
            "handed_over": handover.labelled(one.handed_over),
            "open_now": handover.labelled(handover.open_work_of(one.substituted_id)),
            "may_end": request.user.has_perm("accounts.arrange_substitution", one),
        },
    )


@requires("accounts.arrange_substitution")
def arrange_substitution(request):
    form = SubstitutionForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            actions.arrange_substitution(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The substitution is arranged."))
            return redirect("accounts:substitutions")
    return render(
        request,
        "accounts/arrange_substitution.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


@require_POST
@requires("accounts.arrange_substitution")
def end_substitution(request, pk):
    one = get_object_or_404(Substitution.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("accounts.arrange_substitution", one):
        raise PermissionDenied
    actions.end_substitution(substitution=one, by=request.user, at=timezone.now())
    messages.success(request, _("The substitution is ended."))
    return redirect("accounts:substitutions")
