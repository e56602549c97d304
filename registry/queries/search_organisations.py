from django.db.models import QuerySet

from clients.folding import words_of
from registry.models import Organisation, OrganisationKey
from registry.open_data.words import WORD_LENGTH, meaningful

# Rows looked at for one answer, and how far a word's rows are counted to find the rarest word.
CANDIDATES = 200
COUNTED = (2_000, 30_000)
MOST_WORDS = 8


def search_organisations(text: str, limit: int = 10) -> list[Organisation]:
    """Find organisations by the beginnings of code or words of the name, best first."""
    words = words_of(text)[:MOST_WORDS]
    if not words:
        return []
    if len(words) == 1:
        rows = list(_rows(words)[: limit * 4])
    else:
        begins = f" {' '.join(words)}"
        rows = sorted(
            _rows(words)[:CANDIDATES], key=lambda row: (not row[1].startswith(begins), row[1])
        )
    found = list(dict.fromkeys(pk for pk, _text in rows))[:limit]
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
    """Count no further than needed: starting from a common word would read thousands of rows."""
    candidates = list(dict.fromkeys(words))
    for most in COUNTED:
        if len(candidates) == 1:
            break
        counts = {word: _count(word, most) for word in candidates}
        least = min(counts.values())
        candidates = [word for word in candidates if counts[word] == least]
        if least < most:
            break
    return max(candidates, key=len)


def _count(word: str, most: int) -> int:
    return OrganisationKey.objects.filter(word__prefix=word[:WORD_LENGTH])[:most].count()
