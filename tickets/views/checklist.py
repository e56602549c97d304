"""The checklist of a ticket: a panel of its page, and a page of its own where more is chosen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from common.auth import requires
from common.refusals import Refusal
from tickets import actions
from tickets.checklist_forms import ChecklistLineForm
from tickets.checklist_panel import checklist_of
from tickets.queries import checklist_templates, may_tick
from tickets.views.page import VIEW, ticket_for


@requires(VIEW)
@require_safe
@vary_on_headers("HX-Request")
def checklist(request, pk):
    """For the page of the ticket its panel; on its own, with the templates that may be added."""
    return _shown(request, ticket_for(request.user, pk))


@requires(VIEW)
@require_POST
def tick(request, pk, line_pk):
    ticket, line = _line(request, pk, line_pk)
    act = actions.untick_line if request.POST.get("ticked") == "no" else actions.tick_line
    return _done(request, ticket, act, line=line)


@requires(VIEW)
@require_POST
def remove_line(request, pk, line_pk):
    ticket, line = _line(request, pk, line_pk)
    return _done(request, ticket, actions.remove_checklist_line, line=line)


@requires(VIEW)
@require_POST
def begin_checklist(request, pk):
    ticket = _tickable(request, pk)
    chosen = request.POST.get("template", "")
    offered = {str(template.pk): template for template in checklist_templates(ticket)}
    if chosen not in offered:
        messages.error(request, _("Choose a checklist."))
        return HttpResponseRedirect(reverse("tickets:checklist", args=[pk]))
    return _done(request, ticket, actions.begin_checklist, ticket=ticket, template=offered[chosen])


@requires(VIEW)
@require_POST
def add_line(request, pk):
    ticket = _tickable(request, pk)
    form = ChecklistLineForm(request.POST, auto_id="id_checklist_%s")
    if form.is_valid():
        try:
            actions.add_checklist_line(
                ticket=ticket, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        else:
            return _back(request, ticket)
    return _shown(request, ticket, form=form, status=422)


def _tickable(request, pk):
    ticket = ticket_for(request.user, pk)
    if ticket.is_open and not may_tick(request.user, ticket):
        raise PermissionDenied
    return ticket


def _line(request, pk, line_pk):
    ticket = _tickable(request, pk)
    return ticket, get_object_or_404(ticket.checklist.all(), pk=line_pk)


def _done(request, shown, act, **arguments):
    try:
        act(**arguments, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return _shown(request, shown, problem=str(refusal), status=422)
    return _back(request, shown)


def _back(request, ticket):
    if request.htmx:
        return _shown(request, ticket)
    return HttpResponseRedirect(reverse("tickets:ticket", args=[ticket.pk]) + "#checklist")


def _shown(request, ticket, *, status=200, **more):
    context = {"ticket": ticket, "checklist": checklist_of(ticket, request.user, **more)}
    if request.htmx:
        return render(request, "tickets/checklist.html", context, status=status)
    context["templates"] = checklist_templates(ticket) if context["checklist"].may_tick else []
    return render(request, "tickets/checklist_page.html", context, status=status)
