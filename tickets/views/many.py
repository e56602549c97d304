"""One step with the tickets chosen on a list, or with all that the list shows."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.models import User
from common.auth import requires
from common.refusals import Refusal
from inquiries.list_form import address_of
from inquiries.typed import is_id
from tickets import actions
from tickets.list_filter import read_filters
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.queries import narrowed, work_list
from tickets.step_forms import ReasonForm

MOST_AT_ONCE = 1_000
MOST_NAMED = 10


@dataclass(frozen=True)
class Chosen:
    tickets: list[Ticket]
    is_cut: bool  # there are more on the list than are done at once
    back: str
    asked: TicketQuerySet  # whether or not the permission reaches them


def chosen_in(request, permission):
    """The tickets that are ticked, or all of the narrowed list, that the permission reaches."""
    form, view = read_filters(request)
    now, user = timezone.now(), request.user
    current = work_list(form.chosen.get("list", ""), user)
    if request.POST.get("whole"):
        rows = narrowed(form.filters(timezone.localdate(now), current.code), by=user, at=now)
    else:
        ids = [int(pk) for pk in request.POST.getlist("ticket") if is_id(pk)]
        rows = Ticket.objects.visible_to(user).filter(pk__in=ids[: MOST_AT_ONCE + 1])
    reached = rows.in_reach(user, permission).order_by(*current.order)
    found = list(reached.select_related("group", "responsible")[: MOST_AT_ONCE + 1])
    back = address_of(reverse("tickets:list"), {**form.chosen, "list": current.code}, view)
    return Chosen(found[:MOST_AT_ONCE], len(found) > MOST_AT_ONCE, back, rows)


def told(request, chosen, sentences):
    """Say by number what was done and what was left, and go back to the list."""
    if not chosen.tickets:
        messages.warning(request, _("No ticket was chosen that you may do this with."))
    else:
        words = ", ".join(filter(None, sentences))
        if chosen.is_cut:
            rest = _("The rest of the list is still to do: at most %(number)s go at once.")
            words = f"{words}. {rest % {'number': MOST_AT_ONCE}}"
        messages.success(request, words)
    return redirect(chosen.back)


def person(typed, permission):
    """The colleague named in the form, if the step is theirs to take on."""
    found = User.objects.filter(pk=int(typed), is_active=True).first() if is_id(typed) else None
    return found if found is not None and found.has_perm(permission) else None


@requires("tickets.change_ticket")
@require_POST
def hand_over(request):
    """Whoever hands over the tickets of others: all that is chosen; everybody else: one's own among it."""
    may_all = request.user.has_perm("tickets.hand_over_ticket")
    chosen = chosen_in(request, "tickets.hand_over_ticket" if may_all else "tickets.change_ticket")
    left_to_others = "" if may_all else _not_mine(chosen.asked, request.user)
    to = person(request.POST.get("to", ""), "tickets.raise_ticket")
    if to is None:
        messages.error(request, _("Choose the colleague who becomes responsible."))
        return redirect(chosen.back)
    typed = ReasonForm(request.POST, ticket=None)
    if request.POST.get("reason") and not typed.is_valid():
        messages.error(request, " ".join(map(str, typed.errors["reason"])))
        return redirect(chosen.back)
    try:
        moved = actions.hand_over_tickets(
            tickets=chosen.tickets,
            to=to,
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(chosen.back)
    done, left = len(moved), len(chosen.tickets) - len(moved)
    to_whom = ngettext(
        "%(number)s handed over to %(who)s", "%(number)s handed over to %(who)s", done
    )
    return told(
        request,
        chosen,
        [
            to_whom % {"number": done, "who": to},
            left
            and ngettext(
                "%(number)s had ended or is the colleague's already",
                "%(number)s had ended or are the colleague's already",
                left,
            )
            % {"number": left},
            left_to_others,
        ],
    )


def _not_mine(asked, user):
    """Name the tickets of others that were chosen and left, as far as a sentence bears."""
    others = asked.exclude(responsible__in=user.acts_for_ids).order_by("pk")
    numbers = [str(one) for one in others.only("number")[: MOST_NAMED + 1]]
    if not numbers:
        return ""
    named = ", ".join(numbers[:MOST_NAMED]) + " …" * (len(numbers) > MOST_NAMED)
    return _("not yours, left: %(numbers)s") % {"numbers": named}


@requires("tickets.view_ticket")
@require_POST
def watch(request):
    chosen = chosen_in(request, "tickets.view_ticket")
    done = len(actions.watch_tickets(tickets=chosen.tickets, by=request.user))
    words = ngettext("%(number)s is watched now", "%(number)s are watched now", done)
    return told(request, chosen, [words % {"number": done}])


@requires("tickets.work_on_ticket")
@require_POST
def assign(request):
    chosen = chosen_in(request, "tickets.work_on_ticket")
    to = person(request.POST.get("solver", ""), "tickets.work_on_ticket")
    if to is None:
        messages.error(request, _("Choose the colleague who works on them."))
        return redirect(chosen.back)
    moved = actions.assign_tickets(
        tickets=chosen.tickets, to=to, by=request.user, at=timezone.now()
    )
    done, left = len(moved), len(chosen.tickets) - len(moved)
    words = ngettext("%(number)s assigned to %(who)s", "%(number)s assigned to %(who)s", done)
    return told(
        request,
        chosen,
        [
            words % {"number": done, "who": to},
            left
            and ngettext(
                "%(number)s had ended or is of another group",
                "%(number)s had ended or are of another group",
                left,
            )
            % {"number": left},
        ],
    )


@requires("tickets.change_ticket")
@require_POST
def close(request):
    chosen = chosen_in(request, "tickets.change_ticket")
    closed = actions.close_tickets(tickets=chosen.tickets, by=request.user, at=timezone.now())
    done, left = len(closed), len(chosen.tickets) - len(closed)
    words = ngettext("%(number)s closed", "%(number)s closed", done)
    return told(
        request,
        chosen,
        [
            words % {"number": done},
            left
            and ngettext(
                "%(number)s stays: the client was not told, or it had ended",
                "%(number)s stay: the client was not told, or they had ended",
                left,
            )
            % {"number": left},
        ],
    )
