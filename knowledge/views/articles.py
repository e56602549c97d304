from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from common.auth import requires
from knowledge.article_text import blocks
from knowledge.languages import Language, reader_language
from knowledge.models import Article
from knowledge.queries import titled_articles


@requires("knowledge.view_article")
def articles(request):
    shown = titled_articles(Article.objects.visible_to(request.user))
    return render(request, "knowledge/articles.html", {"articles": shown})


@requires("knowledge.view_article")
def article(request, pk):
    """The wording in force today in the reader's language."""
    shown = find_article(request.user, pk)
    version = shown.version_in_force(language=reader_language(), on=timezone.localdate())
    if version is None:
        raise Http404
    return render_version(request, shown, version)


@requires("knowledge.view_article")
def article_version(request, pk, language, number):
    shown = find_article(request.user, pk)
    wanted = (language, number)
    for version in shown.versions.all():
        if (version.language, version.number) == wanted:
            return render_version(request, shown, version)
    raise Http404


def find_article(user, pk):
    articles = Article.objects.visible_to(user).prefetch_related("topics", "versions__approved_by")
    return get_object_or_404(articles, pk=pk)


def render_version(request, shown, version):
    today = timezone.localdate()
    in_force = shown.version_in_force(language=version.language, on=today)
    current = [shown.version_in_force(language=code, on=today) for code in Language.values]
    return render(
        request,
        "knowledge/article.html",
        {
            "article": shown,
            "version": version,
            "blocks": blocks(version.body),
            "in_force": in_force,
            "is_in_force": version == in_force,
            "language_versions": list(dict.fromkeys(filter(None, current))),
            "today": today,
            "other_versions": [one for one in shown.versions.all() if one != version],
        },
    )
