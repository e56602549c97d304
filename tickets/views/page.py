"""The page of a ticket: how it stands, what was said, and what this reader may do with it."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.actions import record_access
from common.auth import requires
from tickets import actions
from tickets.actions.ask_by_link import open_links_of
from tickets.checklist_panel import checklist_of
from tickets.choices import CommentKind, MayContact
from tickets.clock_words import clock_lines
from tickets.clocks_of import groups_with_targets, readings_of, terms_now
from tickets.jira_words import standing_of
from tickets.link_forms import RelateForm
from tickets.models import Ticket, TicketComment, TicketFact, TicketWatch
from tickets.queries import may_work_on
from tickets.queries.linked import linked_tickets, with_links
from tickets.states import MOVES, OPEN, UNSOLVED, TicketState
from tickets.step_forms import CommentForm, Tier2Form
from tickets.timeline import TOLD_ELSEWHERE, story_of
from tickets.turn import TONES, primary_of, steps_of_responsible, steps_of_tier2, whose_turn
from tickets.views.reply_picker import picker_of

VIEW = "tickets.view_ticket"
CHANGE = "tickets.change_ticket"
RAISE = "tickets.raise_ticket"
LONGEST_PK = 18
SHOWN_WITH = (
    "inquiry",
    "client",
    "topic",
    "group",
    "responsible",
    "assignee",
    "merged_into",
    "parent",
)


def ticket_for(user, pk, permission=VIEW):
    """The ticket, if this person may do this with it."""
    tickets = with_links(Ticket.objects.visible_to(user).select_related(*SHOWN_WITH))
    ticket = get_object_or_404(tickets, pk=pk)
    if permission != VIEW and not user.has_perm(permission, ticket):
        raise PermissionDenied
    return ticket


def comments_for(user, ticket):
    """What was said of it and of what was merged into it, as far as this person reads it.

    A note of tier I stays in tier I, and so do words with the client where only we turn to the client.
    """
    comments = TicketComment.objects.filter(ticket__in=family_of(ticket)).order_by("at", "pk")
    if user.has_perm(RAISE):
        return comments
    theirs = Q(kind=CommentKind.TIER2)
    if reads_words_with_client(user, ticket):
        theirs |= Q(kind=CommentKind.CLIENT, ticket__may_contact=MayContact.YES)
    return comments.filter(theirs)


def family_of(ticket):
    return Ticket.objects.family_of(ticket).values("pk")


def reads_words_with_client(user, ticket):
    return user.has_perm(RAISE) or ticket.may_contact == MayContact.YES


@requires(VIEW)
@require_safe
def ticket(request, pk):
    found = ticket_for(request.user, pk)
    if found.is_draft and request.user.has_perm(CHANGE, found):
        return redirect("tickets:write", key=found.key)
    part = request.htmx.target if request.htmx else ""
    if part not in {"standing", "said", "beside"}:
        part = ""
        if found.client_id:
            record_access(what="ticket.view", by=request.user, at=timezone.now(), subject=found)
    return ticket_page(request, found, part=part)


def ticket_page(request, found, *, part="", **bound):
    """Render the page or one part of it; `bound` holds the comment form that was refused, by its kind."""
    at = timezone.now()
    context = {
        "ticket": found,
        "at": at,
        "tone": TONES.get(TicketState(found.state), ""),
        "turn": whose_turn(found),
        "is_desk": request.user.has_perm(RAISE),
        "reads_words_with_client": reads_words_with_client(request.user, found),
        "presence": {"about_type": "tickets.ticket", "about_id": str(found.pk), "others": []},
        **_steps(request.user, found),
        **_history(found, at),
        **_said(request, found, bound),
        **_client(request.user, found),
        "jira": standing_of(found),
        **_links(request.user, found),
        "checklist": None if part or found.is_draft else checklist_of(found, request.user),
    }
    context["may_try_again"] = context["may_change"] or request.user.has_perm(
        "tickets.hand_over_ticket", found
    )
    if context["was_asked_by_link"] and context["may_change"] and found.state in UNSOLVED:
        context["links"] = open_links_of(found, at=at)
    own = [one for one in context["watches"] if one.user_id == request.user.pk]
    context["is_watching"] = any(one.ticket_id == found.pk for one in own)
    if not part:  # a page that asks for itself anew may have nobody before it
        actions.see_ticket(ticket=found, watches=own, by=request.user, at=at)
    template = "tickets/ticket.html"
    status = 422 if bound and "replies" not in bound else 200
    return render(request, f"{template}#{part}" if part else template, context, status=status)


def _steps(user, found):
    may_change = user.has_perm(CHANGE, found)
    ours = steps_of_responsible(found) if may_change else []
    if not may_change and found.is_open and user.has_perm("tickets.hand_over_ticket", found):
        ours = [one for one in steps_of_responsible(found) if one.name == "hand_over"]
    works = may_work_on(user, found)
    theirs = steps_of_tier2(found, user) if works else []
    primary = primary_of(found, ours, theirs)
    return {
        "may_change": may_change,
        "ours": _with_addresses(ours, primary, found),
        "theirs": _with_addresses(theirs, primary, found),
    }


def _with_addresses(offers, primary, found):
    return [
        (replace(one, is_primary=one == primary), reverse(f"tickets:{one.name}", args=[found.pk]))
        for one in offers
    ]


def _history(found, at):
    events = list(found.events.select_related("by").exclude(what__in=TOLD_ELSEWHERE))
    events.sort(key=lambda one: (one.at, one.pk))
    groups = groups_with_targets()
    terms = terms_now(groups)
    facts = TicketFact.objects.filter(code__in=[code for code, text in found.facts.items() if text])
    return {
        "clocks": clock_lines(readings_of(found, at, events=events, terms=terms))
        if found.number and not found.merged_into_id  # they stand still; the other's count
        else [],
        "story": story_of(events, {group.code: group for group in groups}),
        "facts": [(fact.name, found.facts[fact.code]) for fact in facts],
        "was_asked_by_link": any(one.what == "asked_by_link" for one in events),
        "deliveries": found.deliveries.select_related("by") if found.told_at else [],
    }


def _said(request, found, bound):
    comments = comments_for(request.user, found).select_related("by", "mail")
    watches = list(TicketWatch.objects.filter(ticket__in=family_of(found)).select_related("user"))
    return {
        "comments": _with_files(comments.annotate(said_of=F("ticket__number"))),
        "watches": watches,
        "watchers": list(dict.fromkeys(one.user for one in watches)),
        "note_form": bound.get("internal") or CommentForm(ticket=found, auto_id="id_internal_%s"),
        "tier2_form": bound.get("tier2") or _to_tier2(request, found),
        "may_write_tier2": found.state in OPEN or "tier2" in bound,
        "may_ask_client": found.state in UNSOLVED,
        "picker": picker_of(found, "to_tier2", "id_tier2_text", bound.get("replies")),
    }


def _links(user, found):
    return {
        "linked": linked_tickets(found, by=user)
        if found.has_links or found.parent_id or found.merged_into_id
        else [],
        "relate_form": RelateForm(ticket=found, user=user, auto_id="id_link_%s"),
        "may_merge": MOVES.allows("merge", found.state),
        "may_undo_merge": found.merged_into is not None
        and found.merged_into.state != TicketState.CLOSED
        and user.has_perm(CHANGE, found)
        and user.has_perm(CHANGE, found.merged_into),
    }


def _with_files(comments):
    """The comments, each with its files, in one query: a row for every file."""
    said: dict[int, TicketComment] = {}
    rows = comments.annotate(file_pk=F("files__pk"), file_name=F("files__original_name"))
    for row in rows.order_by("at", "pk", "file_pk"):
        comment = said.setdefault(row.pk, row)
        attached = [] if row.file_pk is None else [(row.file_pk, row.file_name)]
        attached = [*getattr(comment, "attached", ()), *attached]
        comment.attached = attached  # type: ignore[attr-defined]
    return list(said.values())


def _to_tier2(request, found):
    """The form of a word to tier II; with what the client said in it, where that is passed on."""
    said = words_of_client(found, request.GET.get("pass_on", ""))
    initial = {"text": said.text, "passed_on": said.pk} if said else {}
    return Tier2Form(ticket=found, auto_id="id_tier2_%s", initial=initial)


def words_of_client(found, pk):
    """What the client once wrote about this ticket; None for what is none of it."""
    number = str(pk or "")
    if not (number.isascii() and number.isdecimal() and len(number) < LONGEST_PK):
        return None
    said = TicketComment.objects.filter(ticket__in=family_of(found), is_incoming=True)
    return said.filter(pk=number, kind=CommentKind.CLIENT).first()


def _client(user, found):
    """Tier I is led to the card; tier II sees the client only where it may turn to it."""
    if found.client is None or user.has_perm(RAISE):
        return {"client": found.client}
    if found.may_contact != MayContact.YES:
        return {"client": None}
    contacts = found.client.survivor.contact_points.order_by("-kind", "pk")
    return {"client": found.client, "contacts": contacts}
