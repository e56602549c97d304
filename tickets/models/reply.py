from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Scope
from common.models import Versioned
from inquiries.models import Language
from tickets.choices import ReplyPurpose


class CannedReplyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the house, and one's own."""
        return self.filter(models.Q(owner=None) | models.Q(owner=user))


class CannedReply(Versioned):
    """A wording kept ready for words about a ticket: everybody's, or one person's own."""

    name = models.CharField(_("name"), max_length=100)
    purpose = models.CharField(_("what for"), max_length=8, choices=ReplyPurpose)
    language = models.CharField(
        _("language"), max_length=2, choices=Language, default=Language.ESTONIAN
    )
    text = models.TextField(_("text"))  # with names in braces: tickets/reply_words.py
    group = models.ForeignKey(
        "tickets.TicketGroup",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only with the group"),
    )
    topic = models.ForeignKey(
        "knowledge.Topic",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only with the topic"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="canned_replies",
        verbose_name=_("whose own"),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        ordering = ["purpose", "name", "pk"]
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")

    def __str__(self):
        return self.name

    def is_in_scope(self, user, scope):
        return scope == Scope.OWN and self.owner_id == user.pk
