"""How a step with a ticket is taken: a page that asks something and then does one thing, or at once."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from common.models import StaleSave
from common.refusals import Refusal
from tickets import actions
from tickets.choices import CommentKind, ReplyPurpose
from tickets.step_forms import StepForm
from tickets.views.page import ticket_for
from tickets.views.reply_picker import offered_for, picker_of, wants_reply, with_reply

CHANGE = "tickets.change_ticket"
TO_TIER2 = _("Tier II reads this; the client does not.")
TO_CLIENT = _("The client reads this.")


@dataclass(frozen=True)
class Step:
    """A page that asks something and then does one thing."""

    title: Promise
    button: Promise
    icon: str
    form: type[StepForm]
    act: Callable[..., object]
    done: Promise
    # What is read beside the form: the last words of one kind.
    beside: CommentKind | None = CommentKind.TIER2
    leaves: Promise | None = None  # who will read what is written here
    replies: tuple[ReplyPurpose, ...] = ()  # what ready wordings are offered for


def taken(request, pk, step, permission=CHANGE, initial=None):
    """Ask what the step needs and take it; a refusal loses nothing of what was typed."""
    ticket = ticket_for(request.user, pk, permission)
    form = step.form(
        request.POST or None,
        request.FILES or None,
        ticket=ticket,
        user=request.user,
        initial=initial,
    )
    version = ticket.version
    replies = offered_for(ticket, request.user, step.replies)
    if wants_reply(request):
        version, form = version_of(form), with_reply(request, form, replies)
    if form.is_valid():
        try:
            step.act(ticket=ticket, form=form, by=request.user, at=timezone.now())
        except StaleSave as stale:
            version = stale.version
            form.refuse(stale)
        except actions.TicketIncomplete as refusal:
            for one in refusal.lacking:
                form.add_error(None, one.sentence)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, step.done)
            return redirect("tickets:ticket", pk=pk)
    contacts = []
    if step.leaves == TO_CLIENT and ticket.client is not None:
        contacts = ticket.client.survivor.contact_points.order_by("-kind", "pk")
    said = ticket.comments.filter(kind=step.beside).select_related("by").order_by("-at", "-pk")
    context = {
        "ticket": ticket,
        "step": step,
        "form": form,
        "version": version,
        "said": said[:3],
        "contacts": contacts,
        "picker": picker_of(ticket, request.resolver_match.url_name, "id_text", replies)
        if step.replies
        else None,
    }
    status = 422 if form.errors else 200
    return render(request, "tickets/step.html", context, status=status)


def version_of(form):
    """The version that the writer saw."""
    return number_in(form.data.get("version", ""))


def number_in(text):
    """What a hidden field of ours says; 0 for what it never says."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def at_once(request, ticket, done, act, **arguments):
    """A step that asks nothing."""
    try:
        act(ticket=ticket, **arguments, by=request.user, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("tickets:ticket", pk=ticket.pk)
