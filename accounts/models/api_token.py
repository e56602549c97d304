import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ApiTokenQuerySet(models.QuerySet):
    def usable_at(self, at: dt.datetime):
        return self.filter(Q(expires_at__gt=at), revoked_at__isnull=True, user__is_active=True)

    def visible_to(self, user):
        return self if user.has_perm("accounts.manage_tokens") else self.none()


class ApiToken(models.Model):
    """A key by which another system uses the API in the name of one account, within its scopes.

    Only the hash is kept: a long random token needs no slow or keyed hash.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="api_tokens",
        verbose_name=_("acts in the name of"),
    )
    name = models.CharField(_("name"), max_length=100)
    beginning = models.CharField(max_length=8)  # to know it again in a list
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(_("scopes"), default=list)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")

    def __str__(self):
        return f"{self.name} ({self.beginning}…)"

    def is_usable(self, at: dt.datetime) -> bool:
        return self.revoked_at is None and self.expires_at > at and self.user.is_active
