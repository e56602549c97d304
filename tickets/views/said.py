"""What is said about a ticket: words with their files, each to its own readers, and who hears of them."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from common.auth import requires
from common.models import StoredFile
from common.refusals import Refusal
from tickets import actions
from tickets.choices import CommentKind, ReplyPurpose
from tickets.models import TicketComment
from tickets.queries import replies_for
from tickets.step_forms import CommentForm, Tier2Form
from tickets.views.page import (
    CHANGE,
    RAISE,
    VIEW,
    comments_for,
    ticket_for,
    ticket_page,
    words_of_client,
)
from tickets.views.reply_picker import wants_reply, with_reply


@requires(VIEW)
@require_POST
def comment(request, pk, kind):
    """A note for colleagues or a word to tier II: each has its own form and its own address."""
    is_note = kind == CommentKind.INTERNAL
    if is_note and not request.user.has_perm(RAISE):
        raise PermissionDenied
    found = ticket_for(request.user, pk, VIEW if is_note else CHANGE)
    kind_of_form = CommentForm if is_note else Tier2Form
    form = kind_of_form(request.POST, request.FILES, ticket=found, auto_id=f"id_{kind}_%s")
    if not is_note and wants_reply(request):
        replies = replies_for(found, request.user, [ReplyPurpose.TIER2])
        form = with_reply(request, form, replies)
        return ticket_page(request, found, **{kind: form}, replies=replies)
    if form.is_valid():
        passed_on = words_of_client(found, form.cleaned_data.get("passed_on"))
        try:
            actions.comment_on_ticket(
                ticket=found,
                kind=kind,
                text=form.cleaned_data["text"],
                files=passed_on.files.all() if passed_on else (),
                uploads=form.uploads,
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        else:
            return redirect("tickets:ticket", pk=pk)
    return ticket_page(request, found, **{kind: form})


@requires(VIEW)
@require_POST
def watch(request, pk):
    """Hear of a ticket, or hear no more of it."""
    found = ticket_for(request.user, pk)
    if request.POST.get("watch") == "no":
        actions.unwatch_ticket(ticket=found, by=request.user)
    else:
        actions.watch_ticket(ticket=found, by=request.user)
    return redirect("tickets:ticket", pk=pk)


@requires(VIEW)
@require_safe
def file(request, pk, file_pk):
    """A file that came with something said, to whoever reads what was said."""
    found = ticket_for(request.user, pk)
    said = comments_for(request.user, found)
    stored = StoredFile.objects.filter(
        pk=file_pk,
        pk__in=TicketComment.files.through.objects.filter(ticketcomment__in=said.order_by()).values(
            "storedfile"
        ),
    ).first()
    if stored is None:
        raise Http404
    return sent_file(stored)


def sent_file(stored):
    """Always as a download: what somebody sent us is not shown inside our pages."""
    response = FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=stored.original_name,
        content_type=stored.content_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
