"""The steps of whoever is responsible for a ticket, each on its own page; all take the same way."""

from http import HTTPStatus

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from common.auth import requires
from common.models import ExternalLink
from tickets import actions
from tickets.actions.ask_by_link import PURPOSE
from tickets.choices import CommentKind, ReplyPurpose
from tickets.link_forms import DeliverForm, PartsForm
from tickets.models import Ticket
from tickets.step_forms import (
    AskClientForm,
    HandOverForm,
    HeardForm,
    LinkForm,
    ReasonForm,
    RegroupForm,
    SaidForm,
    StepForm,
)
from tickets.views.page import ticket_for
from tickets.views.taking import CHANGE, TO_CLIENT, TO_TIER2, Step, at_once, taken, version_of


def _answer(*, ticket, form, by, at):
    text = form.cleaned_data["text"]
    actions.answer_tier2(ticket=ticket, text=text, uploads=form.uploads, by=by, at=at)


def _ask_client(*, ticket, form, by, at):
    actions.ask_client(ticket=ticket, **form.cleaned_data, by=by, at=at)


def _heard(*, ticket, form, by, at):
    typed = form.cleaned_data
    actions.hear_from_client(
        ticket=ticket,
        text=typed["text"],
        passes_on=typed["passes_on"],
        uploads=form.uploads,
        by=by,
        at=at,
    )


def _deliver(*, ticket, form, by, at):
    said = {name: form.cleaned_data[name] for name in ("channel", "text", "closes")}
    actions.deliver_solution(
        ticket=ticket,
        version=version_of(form),
        **said,
        parts=form.chosen,
        ticked=form.cleaned_data.get("ticked", ()),
        by=by,
        at=at,
    )


def _close(*, ticket, form, by, at):
    actions.close_ticket(ticket=ticket, version=version_of(form), parts=form.chosen, by=by, at=at)


def _reopen(*, ticket, form, by, at):
    actions.reopen_ticket(
        ticket=ticket, version=version_of(form), **form.cleaned_data, by=by, at=at
    )


def _regroup(*, ticket, form, by, at):
    actions.regroup_ticket(
        ticket=ticket, version=version_of(form), **form.cleaned_data, by=by, at=at
    )


def _cancel(*, ticket, form, by, at):
    actions.cancel_ticket(
        ticket=ticket, version=version_of(form), **form.cleaned_data, by=by, at=at
    )


def _hand_over(*, ticket, form, by, at):
    actions.hand_over_tickets(tickets=[ticket], **form.cleaned_data, by=by, at=at)


def _ask_by_link(*, ticket, form, by, at):
    actions.ask_by_link(ticket=ticket, **form.cleaned_data, by=by, at=at)


ANSWER = Step(
    _("Answer tier II"), pgettext_lazy("button", "Answer"), "message", SaidForm, _answer, _("Tier II has the answer."),
    leaves=TO_TIER2, replies=(ReplyPurpose.TIER2,),
)  # fmt: skip
ASK_CLIENT = Step(
    _("Ask the client"), _("Ask"), "message-circle", AskClientForm, _ask_client,
    _("The client is asked; the clocks stand still until the answer."), leaves=TO_CLIENT,
    replies=(ReplyPurpose.QUESTION, ReplyPurpose.CLIENT),
)  # fmt: skip
HEARD = Step(
    _("The client has answered"), _("Keep the answer"), "messages", HeardForm, _heard,
    _("The answer stands with the ticket."), beside=CommentKind.CLIENT,
)  # fmt: skip
DELIVER = Step(
    _("Tell the client"), _("The client knows"), "phone-outgoing", DeliverForm, _deliver,
    _("The client has been told."), leaves=TO_CLIENT,
    replies=(ReplyPurpose.DELIVERY, ReplyPurpose.CLIENT),
)  # fmt: skip
CLOSE = Step(
    _("Close the ticket and its parts"), _("Close"), "check", PartsForm, _close,
    _("The ticket is closed."), beside=CommentKind.CLIENT,
)  # fmt: skip
REOPEN = Step(
    _("Reopen"), _("Reopen"), "arrow-back-up", ReasonForm, _reopen, _("Tier II has it once more.")
)
REGROUP = Step(
    _("To another group"), _("Hand to this group"), "switch-horizontal", RegroupForm, _regroup,
    _("Another group has it."),
)  # fmt: skip
CANCEL = Step(
    _("Cancel the ticket"), _("Cancel the ticket"), "ban", ReasonForm, _cancel,
    _("The ticket is cancelled."),
)  # fmt: skip
HAND_OVER = Step(
    _("Hand over to a colleague"), _("Hand over"), "user-plus", HandOverForm, _hand_over,
    _("A colleague is responsible from here on."), beside=None,
)  # fmt: skip
ASK_BY_LINK = Step(
    _("Ask by link"), _("Send the link"), "link", LinkForm, _ask_by_link,
    _("The link is on its way."), leaves=TO_TIER2,
)  # fmt: skip
# For which ready wordings a form asks, by the name of its address.
REPLIES_OF = {
    "answer": ANSWER.replies,
    "ask_client": ASK_CLIENT.replies,
    "deliver": DELIVER.replies,
    "to_tier2": ANSWER.replies,
}


@requires(CHANGE)
def answer(request, pk):
    return taken(request, pk, ANSWER)


@requires(CHANGE)
def ask_client(request, pk):
    return taken(request, pk, ASK_CLIENT)


@requires(CHANGE)
def heard(request, pk):
    return taken(request, pk, HEARD)


@requires(CHANGE)
def deliver(request, pk):
    return taken(request, pk, DELIVER)


@requires(CHANGE)
def reopen(request, pk):
    return taken(request, pk, REOPEN)


@requires(CHANGE)
def regroup(request, pk):
    return taken(request, pk, REGROUP)


@requires(CHANGE)
def cancel(request, pk):
    """Inquiries that waited for this ticket alone wait for nothing now: their pages say what can be done."""
    response = taken(request, pk, CANCEL)
    if response.status_code != HTTPStatus.FOUND:
        return response
    left = actions.inquiries_left_waiting(ticket_for(request.user, pk))
    if not left or not request.user.has_perm("inquiries.view_inquiry"):
        return response
    messages.warning(request, _("The inquiry still waits for tier II: say how it goes on."))
    if len(left) > 1:
        numbers = {"numbers": ", ".join(one.number for one in left)}
        messages.warning(
            request, _("These inquiries still wait for tier II: %(numbers)s.") % numbers
        )
    return redirect("inquiries:show", pk=left[-1].pk)


@requires(CHANGE)
def ask_by_link(request, pk):
    return taken(request, pk, ASK_BY_LINK)


@requires(CHANGE)
def hand_over(request, pk):
    """One's own, or by whoever hands over the tickets of others."""
    ticket = ticket_for(request.user, pk)
    may_all = request.user.has_perm("tickets.hand_over_ticket", ticket)
    return taken(request, pk, HAND_OVER, "tickets.hand_over_ticket" if may_all else CHANGE)


@requires(CHANGE)
def close(request, pk):
    """At once, unless it has open parts: then a page asks first what becomes of them."""
    ticket = ticket_for(request.user, pk, CHANGE)
    form = PartsForm(request.POST or None, ticket=ticket, user=request.user)
    if not form.parts and request.method == "POST":
        _remind_of_checklist(request, ticket)
        return at_once(request, ticket, CLOSE.done, actions.close_ticket, version=version_of(form))
    if form.parts and request.method == "POST" and "asked" not in request.POST:
        return redirect("tickets:close", pk=pk)
    return taken(request, pk, CLOSE)


def _remind_of_checklist(request, ticket):
    unticked = "; ".join(str(line) for line in ticket.checklist.unticked())
    if unticked:
        messages.warning(
            request, _("Not ticked on the checklist: %(lines)s.") % {"lines": unticked}
        )


@requires(CHANGE)
@require_POST
def discard(request, pk):
    """A draft is not needed after all; it was nobody else's yet."""
    ticket = ticket_for(request.user, pk, CHANGE)
    if not ticket.is_draft:
        return redirect("tickets:ticket", pk=pk)
    form = StepForm(request.POST, ticket=ticket)
    response = at_once(
        request, ticket, _("The draft is cancelled."), actions.cancel_ticket,
        version=version_of(form), reason="",
    )  # fmt: skip
    if Ticket.objects.get(pk=pk).is_draft:
        return redirect("tickets:write", key=ticket.key)
    return redirect("inquiries:show", pk=ticket.inquiry_id) if ticket.inquiry_id else response


@requires(CHANGE)
@require_POST
def revoke_link(request, pk, link_pk):
    ticket = ticket_for(request.user, pk, CHANGE)
    links = ExternalLink.objects.about(ticket).filter(purpose=PURPOSE)
    link = get_object_or_404(links, pk=link_pk)
    return at_once(
        request, ticket, _("The link opens no more."), actions.revoke_ticket_link, link=link
    )
