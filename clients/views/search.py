from typing import Any

from django.shortcuts import render
from django.utils import timezone

from clients import actions
from clients.forms import SearchForm
from common.auth import requires

SHOWN = 20


@requires("clients.view_client")
def client_list(request):
    """The text is posted: what was searched for stands in no address and no log."""
    form = SearchForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "matches": None, "has_more": False}
    if form.is_valid():
        text = form.cleaned_data["text"].strip()
        matches = actions.search_clients(
            text=text, by=request.user, at=timezone.now(), limit=SHOWN + 1
        )
        context |= {
            "matches": matches[:SHOWN],
            "has_more": len(matches) > SHOWN,
            "is_too_short": len(text) < 2,
        }
    template = "clients/list.html"
    return render(request, f"{template}#results" if request.htmx else template, context)
