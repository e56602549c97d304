"""What a person sees of Jira: what will leave before it leaves, and what did not get there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from common.auth import requires
from tickets import actions
from tickets.jira_words import preview_of
from tickets.models import JiraProject
from tickets.views.page import CHANGE, ticket_for


@requires("tickets.view_ticket")
@require_safe
def leaving(request, pk):
    """Everything of the ticket that Jira will hold."""
    ticket = ticket_for(request.user, pk)
    project = JiraProject.objects.filter(group=ticket.group_id).select_related("site").first()
    if project is None:
        raise Http404
    context = {"ticket": ticket, "project": project, "parts": preview_of(ticket, project)}
    return render(request, "tickets/leaving.html", context)


@requires("tickets.change_ticket")
@require_POST
def try_again(request, pk):
    """What stood in the way is mended: one click."""
    ticket = ticket_for(request.user, pk)
    if not (
        request.user.has_perm(CHANGE, ticket)
        or request.user.has_perm("tickets.hand_over_ticket", ticket)
    ):
        raise PermissionDenied
    actions.try_jira_again(ticket=ticket, at=timezone.now())
    messages.success(request, _("Jira is asked once more."))
    return redirect("tickets:ticket", pk=ticket.pk)
