"""Canned replies beside a text field: which are offered, and how one is put in where no script runs."""

from dataclasses import dataclass

from django.urls import reverse

from tickets.models import CannedReply, Ticket
from tickets.queries import replies_for
from tickets.reply_words import words_of

PUT_IN = "reply"  # the button that reloads the form with a reply in it


@dataclass(frozen=True)
class Picker:
    """`replies` is None where the page asks for them only when they are wanted."""

    address: str
    field: str
    replies: list[CannedReply] | None


def picker_of(ticket: Ticket, step: str, field: str, replies: list[CannedReply] | None) -> Picker:
    where = reverse("tickets:offered_replies", args=[ticket.pk])
    return Picker(f"{where}?step={step}", field, replies)


def wants_reply(request):
    return request.method == "POST" and request.POST.get("act") == PUT_IN


def with_reply(request, form, offered):
    """The same form, unjudged, with all that was typed and the chosen reply after it."""
    typed = {field.name: field.value() for field in form if field.name != "file"}
    chosen = next((one for one in offered if str(one.pk) == request.POST.get("reply")), None)
    if chosen is not None:
        words = words_of(chosen, form.ticket, by=request.user)
        typed["text"] = "\n\n".join(filter(None, [str(typed["text"] or "").rstrip(), words]))
    return type(form)(ticket=form.ticket, user=form.user, initial=typed, auto_id=form.auto_id)


def offered_for(ticket, user, purposes):
    return replies_for(ticket, user, purposes) if purposes else []
