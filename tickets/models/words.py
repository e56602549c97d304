from django.db import models

from common.words import WordsField


class TicketWords(models.Model):
    """The words of a ticket's texts and comments, in a table beside, so that the rows stay narrow."""

    ticket = models.OneToOneField(
        "tickets.Ticket", on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    words = WordsField()

    def __str__(self):
        return str(self.ticket_id)
