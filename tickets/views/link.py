"""The page behind the link: somebody of tier II who never signs in reads the matter and answers."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from common.actions import LinkNotValid
from common.rate_limit import is_too_often
from common.refusals import Refusal
from inquiries.models import Language
from tickets import actions
from tickets.choices import CommentKind
from tickets.models import TicketFact
from tickets.step_forms import LinkAnswerForm
from tickets.views.said import sent_file

OWN_NAMES = (("et", "Eesti"), ("en", "English"), ("ru", "Русский"))
MOST_A_MINUTE = 10
A_MINUTE = 60


@csrf_exempt  # nobody is signed in here; the link itself is the key
@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def link(request, token, language):
    if language not in Language.values:
        raise Http404
    with translation.override(language):
        response = _page(request, token, language)
    response.headers["Content-Language"] = language
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _page(request, token, language):
    ticket = _opened(token)
    context = {"agency": settings.AGENCY, "language": language}
    if ticket is None:
        return render(request, "tickets/public/over.html", context, status=410)
    form = LinkAnswerForm(request.POST or None, request.FILES or None, ticket=ticket)
    if form.is_valid() and _answered(ticket, form):
        return render(request, "tickets/public/answered.html", context)
    facts = TicketFact.objects.filter(code__in=list(ticket.facts))
    context |= {
        "ticket": ticket,
        "facts": [(one.name, ticket.facts[one.code]) for one in facts],
        "comments": _shown(ticket),
        "token": token,
        "form": form,
        "addresses": [
            (code, name, reverse("tickets:link_in", args=[token, code])) for code, name in OWN_NAMES
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "tickets/public/answer.html", context, status=status)


def _opened(token):
    try:
        return actions.open_ticket_link(token=token, at=timezone.now())
    except LinkNotValid:
        return None


def _shown(ticket):
    """What tier II and we said to one another; not our notes, nor a word with the client."""
    said = ticket.comments.filter(kind=CommentKind.TIER2).select_related("by")
    return said.prefetch_related("files").order_by("at", "pk")


def _answered(ticket, form):
    now = timezone.now()
    minute = int(now.timestamp()) // A_MINUTE
    if is_too_often(f"ticket-link:{ticket.pk}", most=MOST_A_MINUTE, minute=minute):
        form.add_too_often()
        return False
    typed = form.cleaned_data
    try:
        actions.answer_by_link(
            ticket=ticket,
            what=typed["what"],
            name=typed["name"],
            text=typed["text"],
            uploads=form.uploads,
            at=now,
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return False
    return True


@login_not_required
@never_cache
@require_safe
def link_file(request, token, pk):
    ticket = _opened(token)
    if ticket is None:
        raise Http404
    files = (file for comment in _shown(ticket) for file in comment.files.all())
    stored = next((file for file in files if file.pk == pk), None)
    if stored is None:
        raise Http404
    return sent_file(stored)
