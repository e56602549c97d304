import datetime as dt

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import actions
from accounts.forms import TokenForm
from accounts.models import ApiToken
from common.auth import requires

SHOWN = 200


@never_cache
@requires("accounts.manage_tokens")
def tokens(request):
    """The tokens there are; a new one is shown on the answer to its form and never again."""
    form = TokenForm(request.POST or None)
    issued = ""
    if form.is_valid():
        _token, issued = actions.issue_api_token(
            user=form.cleaned_data["user"],
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=end_of(form.cleaned_data["expires_on"]),
            by=request.user,
            at=timezone.now(),
        )
        form = TokenForm()
    found = ApiToken.objects.visible_to(request.user).select_related("user").order_by("-pk")[:SHOWN]
    now = timezone.now()
    return render(
        request,
        "accounts/tokens.html",
        {
            "form": form,
            "issued": issued,
            "rows": [{"token": token, "is_usable": token.is_usable(now)} for token in found],
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
@requires("accounts.manage_tokens")
def revoke_token(request, pk):
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    actions.revoke_api_token(token=token, by=request.user, at=timezone.now())
    messages.success(request, _("The token no longer works."))
    return redirect("accounts:tokens")


def end_of(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59, 59)))
