from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import actions
from accounts.forms import CompetenceForm, EndCompetenceForm
from accounts.models import CompetenceHolding
from accounts.queries import competence_matrix
from common.auth import requires

CHANGE = "accounts.change_competence"


@requires("accounts.view_competence")
def competences(request):
    user = request.user
    rows = [
        (row.competence, [(held, user.has_perm(CHANGE, held)) for held in row.holdings])
        for row in competence_matrix(timezone.localdate())
    ]
    return render(
        request,
        "accounts/competences.html",
        {
            "rows": rows,
            "today": timezone.localdate(),
            "may_change": user.has_perm(CHANGE),
        },
    )


@requires(CHANGE)
def give_competence(request):
    form = CompetenceForm(request.POST or None, by=request.user)
    if form.is_valid():
        try:
            actions.give_competence(**form.cleaned_data, by=request.user, at=timezone.now())
        except actions.CompetenceAlreadyHeld as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The competence is given."))
            return redirect("accounts:competences")
    return render(
        request,
        "accounts/give_competence.html",
        {"form": form},
        status=422 if form.is_bound else 200,
    )


@requires(CHANGE)
def end_competence(request, pk):
    holding = get_object_or_404(
        CompetenceHolding.objects.visible_to(request.user).select_related("competence", "user"),
        pk=pk,
    )
    if not request.user.has_perm(CHANGE, holding):
        raise PermissionDenied
    form = EndCompetenceForm(request.POST or None)
    if form.is_valid():
        actions.end_competence(
            holding=holding, **form.cleaned_data, by=request.user, at=timezone.now()
        )
        messages.success(request, _("The competence is ended."))
        return redirect("accounts:competences")
    return render(
        request,
        "accounts/end_competence.html",
        {"form": form, "holding": holding},
        status=422 if form.is_bound else 200,
    )
