from django.db import models

from common.words import WordsField


class TicketWords(models.Model):
    """The words of a ticket that tier II may read, in a table beside, so that the rows stay narrow."""

    ticket = models.OneToOneField(
        "tickets.Ticket", on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    words = WordsField()

    def __str__(self):
        return str(self.ticket_id)


class TicketDeskWords(models.Model):
    """The same with the notes of client support, which tier II does not read and so does not find by."""

    ticket = models.OneToOneField(
        "tickets.Ticket", on_delete=models.CASCADE, primary_key=True, related_name="desk_words"
    )
    words = WordsField()

    def __str__(self):
        return str(self.ticket_id)
