from django.shortcuts import get_object_or_404, render
from django.utils.dates import MONTHS

from common.auth import requires
from knowledge.models import Article, Phrase, Topic
from knowledge.queries import favourite_of, titled_articles


@requires("knowledge.view_article")
def topic(request, topic_code):
    shown = get_object_or_404(
        Topic.objects.visible_to(request.user)
        .select_related("parent", "owner_unit")
        .prefetch_related("referral_bodies", "children"),
        code=topic_code,
    )
    articles = Article.objects.visible_to(request.user).filter(topics=shown)
    phrases = Phrase.objects.visible_to(request.user).filter(topic=shown)
    return render(
        request,
        "knowledge/topic.html",
        {
            "topic": shown,
            "articles": titled_articles(articles, first=shown.default_article_id),
            "phrases": phrases,
            "favourite": favourite_of(request.user, shown) if shown.may_be_chosen else None,
            "months": [MONTHS[month] for month in shown.peak_months],
        },
    )
