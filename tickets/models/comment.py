from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.choices import CommentKind, CommentSource


class TicketComment(models.Model):
    """Something said about a ticket: a note of ours, a word to or from tier II, a letter to or from the client."""

    ticket = models.ForeignKey(
        "tickets.Ticket", on_delete=models.CASCADE, related_name="comments", db_index=False
    )
    kind = models.CharField(_("who reads it"), max_length=8, choices=CommentKind)
    source = models.CharField(max_length=4, choices=CommentSource, default=CommentSource.HERE)
    text = models.TextField(_("text"))
    at = models.DateTimeField()
    # Jira lets a word be changed after it came in; ours are never changed.
    changed_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who wrote it where nobody of ours did: a name from Jira, a unit head by link, the client.
    author_name = models.CharField(max_length=200, blank=True)
    is_incoming = models.BooleanField(default=False)  # from tier II or the client to us
    files = models.ManyToManyField("common.StoredFile", blank=True, related_name="+")
    remote_id = models.CharField(max_length=40, blank=True)  # the comment's id in Jira
    # A letter to the client: what left, and by which token the reply is known.
    mail = models.ForeignKey(
        "common.OutgoingMail", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    thread_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["ticket", "at", "id"], name="tickets_comment_of_ticket"),
            models.Index(
                fields=["thread_hash"],
                name="tickets_comment_by_token",
                condition=~models.Q(thread_hash=""),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "remote_id"],
                condition=~models.Q(remote_id=""),
                name="tickets_remote_comment_once",
            )
        ]

    def __str__(self):
        return f"{self.ticket_id} {self.kind}"

    @property
    def writer(self):
        return self.by.get_full_name() if self.by else self.author_name
