from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from common import actions
from common.auth import requires
from common.queries import presence_line


@require_POST
@requires("common.note_presence")
def presence(request: HttpRequest) -> HttpResponse:
    """An open page tells that it is still there, and hears who else is."""
    user: Any = request.user
    about = _record(request.POST.get("type", ""), request.POST.get("id", ""), user)
    at = timezone.now()
    actions.note_presence(about=about, by=user, at=at)
    line = presence_line(about, user, at)
    return render(request, "components/presence.html", {"presence": line})


def _record(label: str, pk: str, user: Any) -> Model:
    """Only what this person may see: a model without `visible_to` cannot be asked about."""
    try:
        visible = apps.get_model(label)._default_manager.visible_to(user)  # type: ignore[attr-defined]
    except (LookupError, ValueError, AttributeError) as error:
        raise Http404 from error
    try:
        found: Model = get_object_or_404(visible, pk=pk)
    except (ValueError, ValidationError) as error:
        raise Http404 from error
    return found
