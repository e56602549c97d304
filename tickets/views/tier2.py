"""The steps of tier II that works here: only for tickets of one's own group, or given to oneself."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from common.auth import requires
from tickets import actions
from tickets.step_forms import AssignForm, SaidForm, SendBackForm
from tickets.views.page import ticket_for
from tickets.views.taking import Step, at_once, number_in, taken

WORK = "tickets.work_on_ticket"
TO_TIER1 = _("The responsible specialist reads this; the client does not.")


def _ask(*, ticket, form, by, at):
    text = form.cleaned_data["text"]
    actions.ask_about_ticket(ticket=ticket, text=text, uploads=form.uploads, by=by, at=at)


def _word(*, ticket, form, by, at):
    text = form.cleaned_data["text"]
    actions.give_word(ticket=ticket, text=text, uploads=form.uploads, by=by, at=at)


def _solve(*, ticket, form, by, at):
    text = form.cleaned_data["text"]
    actions.resolve_ticket(ticket=ticket, solution=text, uploads=form.uploads, by=by, at=at)


def _send_back(*, ticket, form, by, at):
    actions.send_ticket_back(ticket=ticket, **form.cleaned_data, by=by, at=at)


def _assign(*, ticket, form, by, at):
    actions.assign_ticket(ticket=ticket, **form.cleaned_data, by=by, at=at)


ASK = Step(
    _("Ask tier I"), _("Ask"), "question-mark", SaidForm, _ask,
    _("The responsible specialist is asked."), leaves=TO_TIER1,
)  # fmt: skip
WORD = Step(
    _("Say how far it is"), _("Say it"), "message", SaidForm, _word,
    _("The responsible specialist knows."), leaves=TO_TIER1,
)  # fmt: skip
SOLVE = Step(
    _("Solve"), _("It is solved"), "circle-check", SaidForm, _solve,
    _("Solved. The responsible specialist tells the client."), leaves=TO_TIER1,
)  # fmt: skip
SEND_BACK = Step(
    _("Send back"), _("Send back"), "arrow-back-up", SendBackForm, _send_back,
    _("The responsible specialist has it again."), leaves=TO_TIER1,
)  # fmt: skip
ASSIGN = Step(
    pgettext_lazy("ticket", "Assign"), pgettext_lazy("ticket", "Assign"), "user-plus", AssignForm, _assign, _("The colleague has it."),
    beside=None,
)  # fmt: skip


@requires(WORK)
@require_POST
def take(request, pk):
    ticket = ticket_for(request.user, pk, WORK)
    seen = number_in(request.POST.get("assignee", ""))
    return at_once(request, ticket, _("You work on it now."), actions.take_ticket, seen=seen)


@requires(WORK)
def ask(request, pk):
    return taken(request, pk, ASK, WORK)


@requires(WORK)
def word(request, pk):
    return taken(request, pk, WORD, WORK)


@requires(WORK)
def solve(request, pk):
    return taken(request, pk, SOLVE, WORK)


@requires(WORK)
def send_back(request, pk):
    return taken(request, pk, SEND_BACK, WORK)


@requires(WORK)
def assign(request, pk):
    return taken(request, pk, ASSIGN, WORK)
