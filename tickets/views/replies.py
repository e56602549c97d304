"""Canned replies: the list, the page on which one is written, and what a form is offered."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.roles import Scope
from common.auth import requires
from common.models import StaleSave
from common.refusals import Refusal
from tickets import actions
from tickets.choices import ReplyPurpose
from tickets.models import CannedReply
from tickets.queries import replies_for
from tickets.reply_forms import KEEP, ReplyForm
from tickets.reply_words import NAMES, OF_CLIENT, words_of
from tickets.views.page import CHANGE, ticket_for
from tickets.views.steps import REPLIES_OF
from tickets.views.taking import version_of


@requires(CHANGE)
@require_safe
def offered(request, pk):
    """For one step with a ticket: in the ticket's language first, filled in as they would be put in."""
    ticket = ticket_for(request.user, pk, CHANGE)
    found = replies_for(ticket, request.user, REPLIES_OF.get(request.GET.get("step"), ()))
    told = [
        {
            "name": one.name,
            "language": one.get_language_display() if one.language != ticket.language else "",
            "text": words_of(one, ticket, by=request.user),
        }
        for one in found
    ]
    return JsonResponse({"replies": told})


@requires(KEEP)
@require_safe
def list_replies(request):
    """Those of the house, then one's own; whoever may not change one still reads it."""
    found = CannedReply.objects.visible_to(request.user).select_related("group", "topic")
    keeps_all = request.user.scope_of(KEEP) == Scope.ALL
    of_purpose = {
        label: [one for one in found if one.purpose == value]
        for value, label in ReplyPurpose.choices
    }
    context = {"purposes": of_purpose, "keeps_all": keeps_all}
    return render(request, "tickets/replies.html", context)


@requires(KEEP)
def write(request, reply_pk=None):
    reply = _reply(request.user, reply_pk)
    version = reply.version
    form = ReplyForm(request.POST or None, instance=reply, user=request.user)
    if form.is_valid():
        try:
            actions.write_reply(
                reply=reply, version=version_of(form), values=form.values,
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except StaleSave as stale:
            version = stale.version
            form.refuse(stale)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("The reply “%(name)s” is kept.") % {"name": reply.name})
            return redirect("tickets:replies")
    names = [(f"{{{name}}}", label, name in OF_CLIENT) for name, label in NAMES.items()]
    context = {"form": form, "reply": reply, "version": version, "names": names}
    status = 422 if form.errors else 200
    return render(request, "tickets/reply.html", context, status=status)


def _reply(user, pk):
    if pk is None:
        return CannedReply(owner=None if user.scope_of(KEEP) == Scope.ALL else user)
    reply = get_object_or_404(CannedReply.objects.visible_to(user), pk=pk)
    if not user.has_perm(KEEP, reply):
        raise PermissionDenied
    return reply
