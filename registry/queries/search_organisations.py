from django.db.models import QuerySet

from clients.folding import words_of
from registry.models import Organisation, OrganisationKey
from registry.open_data.words import WORD_LENGTH, meaningful

# Rows looked at for one answer; a word that more names share than this is not the one to start from.
CANDIDATES = 200
MOST_WORDS = 8


def search_organisations(text: str, limit: int = 10) -> list[Organisation]:
    """Find organisations by the beginnings of code or words of the name, best first."""
    words = words_of(text)[:MOST_WORDS]
    if not words:
        return []
    rows = _rows(words)
    if len(words) > 1:
        begins = " ".join(words)
        keys = sorted(
            rows[:CANDIDATES], key=lambda row: (not row[1].startswith(f" {begins}"), row[1])
        )
    else:
        keys = list(rows[: limit * 4])
    found = list(dict.fromkeys(pk for pk, _ in keys))[:limit]
    by_pk = Organisation.objects.in_bulk(found)
    return [by_pk[pk] for pk in found if pk in by_pk]


def _rows(words: list[str]) -> QuerySet[OrganisationKey, tuple[int, str]]:
    """Return the keys that begin with the rarest word, held against the others in the same row."""
    start = _rarest(meaningful(words))
    keys = OrganisationKey.objects.filter(word__prefix=start[:WORD_LENGTH])
    for word in words:
        if word != start:
            keys = keys.filter(text__contains=f" {word}")
    return keys.order_by("word", "position", "text", "organisation_id").values_list(
        "organisation_id", "text"
    )


def _rarest(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    counted = [(_count(word), -len(word), word) for word in words]
    return min(counted)[2]


def _count(word: str) -> int:
    """Count the keys that begin with the word, but no further than is worth knowing."""
    return OrganisationKey.objects.filter(word__prefix=word[:WORD_LENGTH])[:CANDIDATES].count()
