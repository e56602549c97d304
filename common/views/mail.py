from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from common import actions
from common.auth import requires
from common.mail_states import MailState
from common.models import OutgoingMail
from common.paging import keyset_page
from common.states import MoveNotAllowed

PAGE = 50


@never_cache
@requires("common.send_mail_again")
def failed_mail(request: HttpRequest) -> HttpResponse:
    """Letters that nobody got, or that came back: what was wrong, and the way to try once more."""
    page = keyset_page(
        OutgoingMail.objects.filter(state__in=[MailState.FAILED, MailState.RETURNED]),
        order=("-queued_at", "-pk"),
        cursor=request.GET.get("cursor", ""),
        size=PAGE,
    )
    return render(request, "common/mail.html", {"page": page})


@require_POST
@requires("common.send_mail_again")
def send_mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    mail = get_object_or_404(OutgoingMail, pk=pk)
    try:
        actions.send_mail_again(mail=mail, at=timezone.now())
    except MoveNotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The letter will be sent again."))
    return redirect("common:mail")
