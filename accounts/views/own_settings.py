from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.cookies import remember_look
from accounts.forms import SettingsForm
from accounts.models import Substitution
from accounts.own_settings import panels_for
from common.auth import requires


@requires("accounts.change_own_settings")
def settings(request):
    user = request.user
    form = SettingsForm(request.POST or None, instance=user)
    if form.is_valid():
        actions.change_own_settings(user=user, **form.cleaned_data)
        with translation.override(user.language):
            messages.success(request, _("Your settings are saved."))
        return remember_look(redirect("accounts:settings"), user)
    substitutions = Substitution.objects.visible_to(user).not_over_on(timezone.localdate())
    return render(
        request,
        "accounts/settings.html",
        {
            "form": form,
            "panels": panels_for(user),
            "substitutions": substitutions.filter(substitute=user).select_related("substituted"),
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
@requires("accounts.change_own_settings")
def set_away(request):
    actions.set_away(
        user=request.user, is_away=request.POST.get("away") == "yes", at=timezone.now()
    )
    return redirect("accounts:settings")
