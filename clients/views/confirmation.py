from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from clients import actions
from common.actions import LinkNotValid
from common.refusals import Refusal

PAGE = "clients/confirm_email.html"


@login_not_required  # whoever holds the link in our mail
@never_cache
@require_http_methods(["GET", "POST"])
def confirm_email(request, token):
    try:
        point = actions.open_confirmation_link(token=token, at=timezone.now())
    except LinkNotValid:
        return render(request, PAGE, {"state": "not_valid"}, status=410)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(point.client.language)
    if request.method == "GET":
        return render(request, PAGE, {"state": "open", "address": point.masked})
    try:
        actions.confirm_by_link(token=token, at=timezone.now())
    except Refusal:  # the address was removed or the link used in this very moment
        return render(request, PAGE, {"state": "not_valid"}, status=410)
    return render(request, PAGE, {"state": "confirmed", "address": point.masked})
