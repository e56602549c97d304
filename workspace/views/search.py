from django.shortcuts import render

from common.auth import requires
from workspace.queries.search import SHORTEST_QUESTION, search_everywhere


@requires("workspace.search")
def search(request):
    """The question is posted, so that no name stands in an address or a log."""
    text = request.POST.get("text", "").strip()[:200]
    found = {
        "text": text,
        "groups": search_everywhere(text, request.user),
        "is_too_short": len(text) < SHORTEST_QUESTION,
    }
    template = "workspace/search.html"
    return render(request, f"{template}#results" if request.htmx else template, found)
