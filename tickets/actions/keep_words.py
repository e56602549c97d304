from common.words_table import WordsTable
from tickets.models import Ticket, TicketWords

FIELDS = ("number", "summary", "description", "steps_tried", "solution")


class TicketWordsTable(WordsTable):
    """A ticket is found by its own words, its facts, and what was said of it."""

    def text(self, record: Ticket) -> str:
        said = record.comments.values_list("text", flat=True)
        return "\n".join([super().text(record), *map(str, record.facts.values()), *said])


WORDS = TicketWordsTable(words=TicketWords, of=Ticket, fields=(*FIELDS, "facts"))


def keep_words(ticket: Ticket) -> None:
    """Keep the words of a ticket's texts as they stand now, in the caller's transaction."""
    WORDS.write([ticket])
