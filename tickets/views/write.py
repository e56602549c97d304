"""The page on which a ticket is written: a draft keeps itself, and says what is lacking."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clients.models import Client
from clients.queries import find_clients
from common.actions import note_presence
from common.auth import requires
from common.models import StaleSave
from common.queries import others_present
from common.refusals import Refusal
from inquiries.models import Inquiry
from tickets import actions
from tickets.choices import WorksIn
from tickets.completeness_of import facts_found, what_ticket_lacks
from tickets.differences import differences_in_words
from tickets.forms import TicketForm
from tickets.models import Ticket
from tickets.states import OPEN_OR_DRAFT, TicketState

RAISE = "tickets.raise_ticket"
CHANGE = "tickets.change_ticket"
LONGEST_PK = 18


@requires(RAISE)
def new(request):
    """Begin a ticket: from an inquiry the draft that is there already, or one that carries all over."""
    inquiry = inquiry_of(request)
    if inquiry is not None:
        drafts = inquiry.tickets.filter(
            state=TicketState.DRAFT, responsible__in=request.user.acts_for_ids
        )
        draft = drafts.first()
        if draft is not None:
            return redirect("tickets:write", key=draft.key)
    place = reverse("tickets:write", args=[uuid4()])
    return redirect(f"{place}?inquiry={inquiry.pk}" if inquiry else place)


def inquiry_of(request):
    """The inquiry from which the ticket is raised, if there is one that this person may read."""
    pk = request.POST.get("inquiry") or request.GET.get("inquiry", "")
    if not pk:
        return None
    if not pk.isdecimal() or len(pk) > LONGEST_PK:
        raise Http404
    inquiries = Inquiry.objects.visible_to(request.user).select_related("client", "topic")
    inquiry = get_object_or_404(inquiries, pk=pk)
    if not inquiry.is_readable_by(request.user, timezone.localdate()):
        raise PermissionDenied
    return inquiry


@requires(RAISE)
def write(request, key):
    """Write a draft, or put a raised ticket's texts right. Without scripts the same form keeps it."""
    ticket = _writable(request, key)
    if ticket.pk and ticket.state not in OPEN_OR_DRAFT:
        return redirect("tickets:ticket", pk=ticket.pk)
    if request.method == "POST":
        return _posted(request, ticket)
    return _page(request, ticket, TicketForm(ticket=ticket, user=request.user))


@requires(RAISE)
@require_POST
def save(request, key):
    """The page keeps what is typed of a draft, and hears what is lacking still."""
    ticket = _writable(request, key)
    if not ticket.is_draft:
        raise PermissionDenied
    form = TicketForm(request.POST, ticket=ticket, user=request.user)
    form.is_valid()
    before = (ticket.group_id, ticket.topic_id)
    try:
        ticket = _kept(request, ticket, form)
    except StaleSave:
        words = _("somebody else has written here: save to see both texts")
        response = render(request, "tickets/write.html#saved", {"words": words}, status=409)
        response["HX-Reswap"] = "none"
        return response
    context: dict[str, Any] = {
        **_judged(ticket, form),
        "words": _("saved"),
        "saved_at": timezone.now(),
        "is_swap": True,
        "has_other_facts": (ticket.group_id, ticket.topic_id) != before,
    }
    return render(request, "tickets/write.html#kept", context)


def _writable(request, key):
    """The ticket of this key, or one that is not kept yet, with what its inquiry knows."""
    tickets = Ticket.objects.visible_to(request.user)
    ticket = tickets.filter(key=key).select_related("inquiry", "client", "group", "topic").first()
    if ticket is None and Ticket.objects.filter(key=key).exists():
        raise Http404
    if ticket is None:
        inquiry = inquiry_of(request)
        carried = actions.carried_over(inquiry) if inquiry else {}
        return Ticket(key=key, responsible=request.user, version=0, **carried)
    if not request.user.has_perm(CHANGE, ticket):
        raise PermissionDenied
    return ticket


def _kept(request, ticket, form):
    now, version = timezone.now(), _version_of(request)
    if ticket.pk is None:
        ticket = actions.open_ticket(
            key=ticket.key, inquiry=ticket.inquiry, by=request.user, at=now
        )
        version = ticket.version
    return actions.write_ticket(
        ticket=ticket, version=version, typed=form.typed, by=request.user, at=now
    )


def _kept_over(request, ticket, form):
    """Keep it; what moved meanwhile without a word of it written otherwise is no reason to ask."""
    try:
        return _kept(request, ticket, form)
    except StaleSave as stale:
        if stale.differences or not ticket.pk:
            raise
        return actions.write_ticket(
            ticket=ticket,
            version=stale.version,
            typed=form.typed,
            by=request.user,
            at=timezone.now(),
        )


def _version_of(request):
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _posted(request, ticket):
    form = TicketForm(request.POST, ticket=ticket, user=request.user)
    act = request.POST.get("act", "save")
    if act == "find_client":
        return _page(request, ticket, form, is_looking=True)
    if not form.is_valid():
        return _page(request, ticket, form)
    try:
        ticket = _kept_over(request, ticket, form)
        if act.startswith("take:"):
            ticket = _with_fact(request, ticket, act.partition(":")[2])
        if act == "raise":
            ticket = actions.raise_ticket(
                ticket=ticket, version=ticket.version, by=request.user, at=timezone.now()
            )
    except StaleSave as stale:
        return _page(request, ticket, form, stale=stale)
    except actions.TicketIncomplete as refusal:
        form.name_lacking(refusal.lacking)
        return _page(request, ticket, form)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(request, ticket, form)
    return _after(request, ticket, act)


def _with_fact(request, ticket, code):
    """Put a fact that stands in the text into its field."""
    found = {one.fact.code: one.text for one in facts_found(ticket)}
    if code not in found:
        return ticket
    return actions.write_ticket(
        ticket=ticket,
        version=ticket.version,
        typed={"facts": {**ticket.facts, code: found[code]}},
        by=request.user,
        at=timezone.now(),
    )


def _after(request, ticket, act):
    if act == "raise":
        messages.success(request, _("%(number)s is with tier II.") % {"number": ticket.number})
    if act == "raise" or (not ticket.is_draft and act == "save"):
        return redirect("tickets:ticket", pk=ticket.pk)
    return redirect("tickets:write", key=ticket.key)


def _judged(ticket, form):
    """What is lacking, each at its field, and what stands in the texts already."""
    return {
        "ticket": ticket,
        "form": form,
        "lacking": [
            (form[form.field_of(one.field)], one.sentence) for one in what_ticket_lacks(ticket)
        ],
        "found": facts_found(ticket),
        "version": ticket.version,
    }


def _page(request, ticket, form, *, stale=None, is_looking=False):
    if ticket.pk:
        note_presence(about=ticket, by=request.user, at=timezone.now())
    if form.is_bound:
        form.is_valid()
    shown = _as_typed(ticket, form)
    context = {
        **_judged(shown, form),
        **_client_choice(request, form, is_looking),
        "version": stale.version if stale else ticket.version,
        "stale": differences_in_words(stale, form.typed) if stale else [],
        "others": others_present(ticket, request.user, timezone.now()) if ticket.pk else [],
        "works_in_jira": bool(ticket.group and ticket.group.works_in == WorksIn.JIRA),
    }
    template = "tickets/write.html"
    if is_looking and request.htmx:
        return render(request, f"{template}#client_choice", context)
    status = 409 if stale else 422 if form.is_bound and form.errors else 200
    return render(request, template, context, status=status)


def _as_typed(ticket, form):
    """The ticket as it would be with what stands on the page, to judge it; it is not kept by this."""
    if form.is_bound:
        names = form.typed if ticket.is_draft else {**form.typed, "group": ticket.group}
        for name, value in names.items():
            setattr(ticket, name, value)
    return ticket


def _client_choice(request, form, is_looking):
    """The client that is chosen, and those found for the text that was typed."""
    chosen = str(form["client"].value() or "")
    clients = Client.objects.visible_to(request.user)
    text = request.POST.get("client_text", "")
    return {
        "chosen_client": clients.filter(pk=chosen).first() if chosen.isdecimal() else None,
        "client_text": text,
        "matches": find_clients(text, by=request.user) if is_looking else [],
        "is_looking": is_looking,
    }


@requires(RAISE)
def change(request, pk):
    """From the page of a ticket to the page on which it is written."""
    ticket = get_object_or_404(Ticket.objects.visible_to(request.user), pk=pk)
    return redirect("tickets:write", key=ticket.key)
