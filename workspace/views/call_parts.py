"""The parts of the call screen that change while the agent types: caller, topic, help."""

from dataclasses import asdict

from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from clients import actions as client_actions
from clients.models import Client
from clients.queries import find_clients
from common.auth import requires
from common.refusals import Refusal
from inquiries.typed import is_id
from knowledge.queries import favourite_topics, search_topics
from workspace.queries import call as queries
from workspace.queries.call_phrases import snippets
from workspace.typed import with_number

SHORTEST_LOOKUP = 2


@requires("clients.view_client")
@require_POST
def callers(request):
    """Clients that fit what was typed; nobody is chosen by this."""
    text = request.POST.get("caller_lookup", "").strip()
    found = find_clients(text, by=request.user, limit=8) if len(text) >= SHORTEST_LOOKUP else []
    context = {"matches": found, "lookup": text, "was_asked": len(text) >= SHORTEST_LOOKUP}
    return render(request, "workspace/call/callers.html", context)


@requires("clients.view_client")
@require_POST
def choose_caller(request):
    """The agent says who it is: the card is opened, which is logged, and the history shown."""
    chosen = request.POST.get("client", "")
    if is_id(chosen):
        client = get_object_or_404(Client.objects.visible_to(request.user), pk=chosen)
        client_actions.open_client(client=client, by=request.user, at=timezone.now(), reason="call")
    return caller_part(request, with_number(request.POST.dict()))


def caller_part(request, told, status=200, **more):
    """The card of the caller, and how far the caller is known before anything is asked."""
    caller = queries.caller_card(told.get("client", ""), by=request.user)
    follows = queries.follow_up(told, caller, by=request.user)
    known = queries.identification(told, caller, follows)
    context = {"caller": caller, "identification": known, **more}
    return render(request, "workspace/call/caller.html", context, status=status)


@requires("clients.change_client")
@require_POST
def new_caller(request):
    """A caller who said who they are gets a card, without leaving the form."""
    typed = request.POST
    kind = typed.get("new_kind", "person")
    try:
        client = client_actions.create_client(
            kind=kind,
            **names_of(kind, typed.get("new_name", "")),
            registry_code=typed.get("new_code", "") if kind == "organisation" else "",
            language=typed.get("language") or "et",
            phones=[typed["new_phone"]] if typed.get("new_phone") else [],
            emails=[typed["new_email"]] if typed.get("new_email") else [],
            by=request.user,
            at=timezone.now(),
        )
    except Refusal as refused:
        return caller_part(request, {}, status=422, typed=typed, refused=refused)
    # Who has just said who they are is not known by what they said.
    return caller_part(request, {"client": str(client.pk)})


@requires("knowledge.view_article")
@require_POST
def topics(request):
    """Options of the topic list: favourites for an empty text, else what fits."""
    text = request.POST.get("text", "").strip()
    matches, favourites, count = [], [], ""
    if text:
        matches = search_topics(text)
        count = ngettext("%(count)s topic", "%(count)s topics", len(matches)) % {
            "count": len(matches)
        }
    else:
        most_used = queries.most_used_topics(request.user)
        favourites = favourite_topics(user=request.user, most_used=most_used)
    context = {"matches": matches, "favourites": favourites}
    options = render_to_string("workspace/call/topics.html", context, request)
    return JsonResponse({"options": options, "count": count})


@requires("knowledge.view_article")
@require_GET
def topic_help(request, pk):
    """What helps to answer about the topic, and the sources that it offers."""
    language = request.GET.get("language", "et")
    found = queries.topic_help(str(pk), language=language)
    shown = {
        "help": found,
        "with_source": True,
        "favourite": queries.favourite(found, request.user),
    }
    return render(request, "workspace/call/help.html", shown)


@requires("knowledge.view_article")
@require_GET
def phrases(request):
    """What "/" offers in the notes and the answer, in the language of the inquiry."""
    found = snippets(
        request.user,
        topic_id=request.GET.get("topic", ""),
        language=request.GET.get("language", "et"),
    )
    return JsonResponse({"snippets": [asdict(snippet) for snippet in found]})


def names_of(kind, name):
    """A person's name as it is said: the last word is the surname."""
    if kind == "organisation":
        return {"name": name}
    first, _space, last = name.strip().rpartition(" ")
    return {"first_name": first, "last_name": last}
