"""Links between tickets: related, part of another, merged with undo, split; each on its own page."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from common.auth import requires
from common.refusals import Refusal
from tickets import actions
from tickets.choices import CommentKind, LinkKind
from tickets.link_forms import MergeForm, RelateForm, SplitForm
from tickets.step_forms import ReasonForm, StepForm
from tickets.views.page import comments_for, ticket_for
from tickets.views.taking import CHANGE, Step, at_once, taken, version_of

RAISE = "tickets.raise_ticket"


def _link(*, ticket, form, by, at):
    other, kind, version = form.cleaned_data["other"], form.cleaned_data["kind"], version_of(form)
    if kind == LinkKind.PART:
        actions.make_part_of(ticket=ticket, whole=other, version=version, by=by, at=at)
    elif kind == LinkKind.WHOLE:
        actions.make_part_of(ticket=other, whole=ticket, version=other.version, by=by, at=at)
    else:
        actions.relate_tickets(ticket=ticket, other=other, kind=kind, version=version, by=by, at=at)


def _merge(*, ticket, form, by, at):
    into, reason = form.cleaned_data["other"], form.cleaned_data["reason"]
    actions.merge_tickets(
        ticket=ticket, into=into, version=version_of(form), reason=reason, by=by, at=at
    )


def _undo_merge(*, ticket, form, by, at):
    actions.undo_merge(ticket=ticket, version=version_of(form), **form.cleaned_data, by=by, at=at)


LINK = Step(
    _("Link with another ticket"), _("Link"), "link", RelateForm, _link,
    _("The tickets are linked."), beside=None,
)  # fmt: skip
MERGE = Step(
    _("Merge into another ticket"), _("Merge"), "git-merge", MergeForm, _merge,
    _("The ticket goes on in the other one. It can be undone here."),
)  # fmt: skip
UNDO_MERGE = Step(
    _("Undo the merge"), _("Undo the merge"), "arrow-back-up", ReasonForm, _undo_merge,
    _("The ticket goes on by itself, as it stood."), beside=None,
)  # fmt: skip


@requires(CHANGE)
def link(request, pk):
    named = {name: request.GET[name] for name in ("kind", "other") if name in request.GET}
    return taken(request, pk, LINK, initial=named)


@requires(CHANGE)
def merge(request, pk):
    return taken(request, pk, MERGE)


@requires(CHANGE)
def undo_merge(request, pk):
    """By whoever may change both: the other one loses what stood with it."""
    ticket_for(request.user, ticket_for(request.user, pk).survivor.pk, CHANGE)
    return taken(request, pk, UNDO_MERGE)


@requires(CHANGE)
@require_POST
def unlink(request, pk, other_pk):
    """Remove a relation, or take a part out, whichever of the two is the part."""
    ticket, other = (ticket_for(request.user, one, CHANGE) for one in (pk, other_pk))
    version = version_of(StepForm(request.POST, ticket=ticket))
    kind, done = request.POST.get("kind", ""), _("The link is removed.")
    if kind == "whole" and ticket.parent_id == other.pk:
        return at_once(request, ticket, done, actions.take_out, version=version)
    if kind == "part" and other.parent_id == ticket.pk:
        at_once(request, other, done, actions.take_out, version=other.version)
        return redirect("tickets:ticket", pk=pk)
    return at_once(request, ticket, done, actions.unrelate_tickets, other=other, version=version)


@requires(RAISE)
def split(request, pk):
    """Choose what goes along; the new draft opens with these words in it."""
    ticket = ticket_for(request.user, pk, CHANGE)
    said = comments_for(request.user, ticket).exclude(kind=CommentKind.INTERNAL)
    said = said.select_related("by").prefetch_related("files")
    form = SplitForm(request.POST or None, ticket=ticket, user=request.user, comments=said)
    version = ticket.version
    if form.is_valid():
        try:
            draft = actions.split_ticket(
                ticket=ticket,
                key=form.cleaned_data["key"],
                version=version_of(form),
                points=form.lines,
                comments=form.cleaned_data.get("comments", []),
                is_part=form.cleaned_data["link"] == "part",
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Here is the new ticket, with the words that you chose."))
            return redirect("tickets:write", key=draft.key)
    status = 422 if form.errors else 200
    context = {"ticket": ticket, "form": form, "version": version, "step": SPLIT}
    return render(request, "tickets/step.html", context, status=status)


SPLIT = Step(
    _("Split a matter off"), _("Write the new ticket"), "copy", SplitForm, split,
    _("Here is the new ticket, with the words that you chose."), beside=None,
)  # fmt: skip
