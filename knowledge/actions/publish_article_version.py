from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from knowledge.languages import Language
from knowledge.models import Article, ArticleVersion
from knowledge.words import WORDS


@transaction.atomic
def publish_article_version(
    *,
    article: Article,
    language: str,
    title: str,
    body: str,
    law_reference: str,
    valid_from: date,
    by: User | None,
    at: datetime,
) -> ArticleVersion:
    """An article gets a new wording in one language.

    1. Take the next number of that language, one publisher at a time.
    2. Write the version; earlier ones stay as they are, since answers point at them.
    3. Keep what it is found by.
    """
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    latest = article.versions.filter(language=language).aggregate(top=Max("number"))["top"]
    version = ArticleVersion.objects.create(
        article=article,
        language=Language(language),
        number=(latest or 0) + 1,
        title=title,
        body=body,
        law_reference=law_reference,
        valid_from=valid_from,
        approved_by=by,
        created_at=at,
    )
    WORDS.write([version])
    return version
