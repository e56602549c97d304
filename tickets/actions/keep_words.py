from common.words_table import WordsTable
from tickets.choices import CommentKind
from tickets.models import Ticket, TicketDeskWords, TicketWords

FIELDS = ("number", "summary", "description", "steps_tried", "solution", "facts")


class SharedWords(WordsTable):
    """A ticket is found by its own words, its facts, and what was said between tier II and us.

    Words to and from the client are read by tier II only where it may turn to the client, so it does
    not find by them.
    """

    def text(self, record: Ticket) -> str:
        said = record.comments.filter(kind=CommentKind.TIER2).values_list("text", flat=True)
        return "\n".join([_own(record), *said])


class DeskWords(WordsTable):
    """The same, and the notes of client support and its words with the client."""

    def text(self, record: Ticket) -> str:
        return "\n".join([_own(record), *record.comments.values_list("text", flat=True)])


def _own(ticket: Ticket) -> str:
    texts = [str(getattr(ticket, name)) for name in FIELDS if name != "facts"]
    return "\n".join([*texts, *map(str, ticket.facts.values())])


WORDS = SharedWords(words=TicketWords, of=Ticket, fields=FIELDS)
DESK_WORDS = DeskWords(words=TicketDeskWords, of=Ticket, fields=FIELDS)


def keep_words(ticket: Ticket) -> None:
    """Keep the words of a ticket's texts as they stand now, in the caller's transaction."""
    WORDS.write([ticket])
    DESK_WORDS.write([ticket])
