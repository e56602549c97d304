import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from accounts.models import Unit, User
from knowledge.actions.publish_article_version import publish_article_version
from knowledge.actions.publish_script_version import publish_script_version
from knowledge.actions.renew_topic_index import renew_topic_index
from knowledge.article_files import ArticleText, read_articles
from knowledge.languages import Language
from knowledge.models import Article, Phrase, ReferralBody, ScriptVersion, Topic, TopicTerm
from knowledge.models.topic import CanClose

SEED = Path(__file__).resolve().parent.parent / "seed"
CAN_CLOSE = {"jah": CanClose.YES, "osaliselt": CanClose.PARTLY, "ei": CanClose.NO, "": ""}
FROM_THE_BEGINNING = date(2024, 1, 1)  # answers logged for the demo refer to these wordings


@transaction.atomic
def load_reference_data(*, by: User | None, at: datetime) -> None:
    """The topics, bodies, articles and phrases that come with the product are brought in.

    1. Bodies to refer to, topics with their search words, articles, phrases, scripts, in that order.
    2. What is there already is brought to the files' state; nothing is removed.
    3. An article or a script gets a new version only where its text differs from the one that stands.
    4. Every process builds its search index anew.
    """
    bodies = _load_bodies()
    _load_topics(bodies)
    _load_terms()
    _load_articles(by, at)
    _load_default_articles()
    _load_phrases()
    _load_scripts(by, at)
    renew_topic_index()


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _load_bodies() -> dict[str, list[ReferralBody]]:
    """Return the bodies by the names under which topics.csv speaks of them."""
    named: dict[str, list[ReferralBody]] = {}
    for row in _rows("bodies.csv"):
        code, names = row.pop("code"), row.pop("named_in_topics")
        body, _is_new = ReferralBody.objects.update_or_create(code=code, defaults=row)
        for name in names.split("|"):
            named.setdefault(name, []).append(body)
    return named


def _load_topics(bodies: Mapping[str, list[ReferralBody]]) -> None:
    details = {row["code"]: row for row in _rows("topic_details.csv")}
    units: dict[str, Unit] = {}
    topics: dict[str, Topic] = {}
    for position, row in enumerate(_rows("topics.csv")):
        detail = details.get(row["code"], {})
        topic, _is_new = Topic.objects.update_or_create(
            code=row["code"],
            defaults={
                "level": int(row["level"]),
                "parent": topics.get(row["parent"]),
                "position": position,
                **{f"name_{language}": row[f"name_{language}"] for language in Language.values},
                "tier2_group": row["tier2_group"],
                "owner_unit": _unit(row, units),
                "owner_basis": row["owner_basis"],
                "tier1_can_close": CAN_CLOSE[row["tier1_can_close"]],
                "peak_months": [int(month) for month in row["peak_months"].split(";") if month],
                "note_et": detail.get("note_et", ""),
                "note_en": row["note"],
                "note_ru": detail.get("note_ru", ""),
                "first_call": detail.get("first_call", ""),
                "is_urgent": bool(detail.get("first_call")),
                "starts_access_case": detail.get("starts_access_case") == "yes",
            },
        )
        topics[row["code"]] = topic
        names = [name.strip() for name in row["refer_to"].split(";") if name.strip()]
        topic.referral_bodies.set([body for name in names for body in bodies[name]])


def _unit(row: Mapping[str, str], units: dict[str, Unit]) -> Unit | None:
    """The owner by its name; none where the topic belongs to another body."""
    name = row["default_owner_unit"]
    if not row["owner_basis"]:
        return None
    if name not in units:
        units[name], _is_new = Unit.objects.get_or_create(name_et=name)
    return units[name]


def _load_terms() -> None:
    topics = Topic.objects.in_bulk(field_name="code")
    terms = [
        TopicTerm(topic=topics[row["code"]], language=language, text=text.strip())
        for row in _rows("synonyms.csv")
        for language in Language.values
        for text in dict.fromkeys(row[language].split(";"))
        if text.strip()
    ]
    TopicTerm.objects.bulk_create(terms, ignore_conflicts=True)


def _load_articles(by: User | None, at: datetime) -> None:
    for text in read_articles(SEED / "articles"):
        article, _is_new = Article.objects.get_or_create(code=text.code)
        article.topics.set(Topic.objects.filter(code__in=text.topics))
        _publish_if_new(article, text, by, at)


def _publish_if_new(article: Article, text: ArticleText, by: User | None, at: datetime) -> None:
    standing = article.versions.filter(language=text.language).order_by("-number").first()
    wording = (text.title, text.body, text.law_reference)
    if standing and (standing.title, standing.body, standing.law_reference) == wording:
        return
    publish_article_version(
        article=article,
        language=text.language,
        title=text.title,
        body=text.body,
        law_reference=text.law_reference,
        valid_from=at.date() if standing else FROM_THE_BEGINNING,
        by=by,
        at=at,
    )


def _load_default_articles() -> None:
    articles = Article.objects.in_bulk(field_name="code")
    for row in _rows("topic_details.csv"):
        if row["default_article"]:
            Topic.objects.filter(code=row["code"]).update(
                default_article=articles[row["default_article"]]
            )


def _load_phrases() -> None:
    topics = Topic.objects.in_bulk(field_name="code")
    for row in _rows("phrases.csv"):
        Phrase.objects.update_or_create(
            shortcut=row["shortcut"],
            defaults={
                "topic": topics.get(row["topic"]),
                **{f"text_{language}": row[language] for language in Language.values},
            },
        )


def _load_scripts(by: User | None, at: datetime) -> None:
    """Scripts as files: `seed/scripts/<code of the topic>.md`."""
    for path in sorted((SEED / "scripts").glob("*.md")):
        topic, body = Topic.objects.get(code=path.stem), path.read_text(encoding="utf-8")
        standing = ScriptVersion.objects.filter(topic=topic).order_by("-number").first()
        if standing is None or standing.body != body:
            begins = at.date() if standing else FROM_THE_BEGINNING
            publish_script_version(topic=topic, body=body, valid_from=begins, by=by, at=at)
