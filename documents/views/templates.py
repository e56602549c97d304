from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.queries import may_decide, who_may_decide
from common.auth import requires
from common.refusals import Refusal
from documents import actions
from documents.actions.approve_template import APPROVING
from documents.models import TemplateVersion
from documents.queries import templates_to_approve

PERMISSION = "documents.approve_template"


@requires(PERMISSION)
@require_safe
def waiting(request):
    """Wordings of papers that wait for a second person, each beside the one in force."""
    today = timezone.localdate()
    context = {
        "waiting": templates_to_approve(by=request.user),
        "may_approve": may_decide(request.user, APPROVING, today),
        "holders": who_may_decide(APPROVING, today).order_by("last_name", "pk"),
    }
    return render(request, "documents/templates.html", context)


@requires(PERMISSION)
@require_POST
def approve(request, pk):
    version = get_object_or_404(TemplateVersion.objects.visible_to(request.user), pk=pk)
    try:
        actions.approve_template(version=version, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Approved. New papers follow this wording from now on."))
    return redirect("documents:templates")
