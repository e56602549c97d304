from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tickets import actions
from tickets.models import JiraSite

LONGEST = 5_000_000  # bytes; an issue with its comments is far shorter


@csrf_exempt  # another system, which proves itself by its secret
@login_not_required
@require_POST
def webhook(request, code, token=""):
    """Jira tells that something changed. It proves itself by its secret, and is answered at once."""
    site = get_object_or_404(JiraSite, code=code, is_active=True)
    if int(request.headers.get("Content-Length") or 0) > LONGEST:
        return JsonResponse({"code": "too_large"}, status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        actions.receive_webhook(
            site=site, token=token, raw=request.body, headers=headers, at=timezone.now()
        )
    except actions.NotFromJira:
        return JsonResponse({"code": "not_from_jira"}, status=403)
    return HttpResponse(status=200)
