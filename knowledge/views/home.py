from django.shortcuts import redirect, render

from common.auth import requires
from knowledge.forms import TopicSearchForm
from knowledge.models import Topic
from knowledge.queries import search_topics, topics_by_group


@requires("knowledge.view_article")
def home(request):
    groups = topics_by_group(Topic.objects.visible_to(request.user))
    return render(request, "knowledge/home.html", {"form": TopicSearchForm(), "groups": groups})


@requires("knowledge.view_article")
def search(request):
    """Topics for what was typed; posted, so that it stands in no address."""
    form = TopicSearchForm(request.POST if request.method == "POST" else None)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    if not text and not form.errors and not request.htmx:
        return redirect("knowledge:home")
    found = {
        "matches": search_topics(text, limit=20) if text else [],
        "is_searched": bool(text),
        "groups": [] if text else topics_by_group(Topic.objects.visible_to(request.user)),
    }
    template = "knowledge/home.html"
    return render(
        request, f"{template}#found" if request.htmx else template, {"form": form, **found}
    )
