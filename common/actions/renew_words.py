from common.models import WordsStamp
from common.words import stamp
from common.words_table import TABLES, WordsTable

BATCHES_AT_ONCE = 200


def renew_words(*, batches: int = BATCHES_AT_ONCE) -> bool:
    """The word list or the analyser has changed: what texts are found by is written anew.

    1. For each table of words whose stamp is not today's, begin at its first row, or go on where
       the last run came to; the place is kept after each batch, so a killed run loses one.
    2. Rows that are saved meanwhile get their words by the new list at once.

    Returns whether all is done; more than so many batches are left to the next run.
    """
    left = batches
    for table in TABLES:
        while left and not _step(table):
            left -= 1
    return bool(left)


def _step(table: WordsTable) -> bool:
    current = stamp()
    place, _is_new = WordsStamp.objects.get_or_create(
        table=table.words._meta.db_table, defaults={"stamp": current}
    )
    if place.stamp != current:
        place.stamp, place.upto, place.is_done = current, 0, False
    if not place.is_done:
        upto = table.write_after(place.upto)
        place.upto, place.is_done = upto or place.upto, upto is None
        place.save()
    return place.is_done
