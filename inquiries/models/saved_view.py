import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(Q(owner=user) | Q(is_shared=True))

    def of_list(self, of_list):
        return self.filter(of_list=of_list)

    def named(self):
        return self.exclude(name="").order_by("name", "pk")


class SavedView(models.Model):
    """A choice of filters for a list: of inquiries, of tickets.

    With a name it stands in the list of views, one's own or shared. Without one it is a search
    that was just made: its text stays here, since a name or a number must not stand in an address.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    of_list = models.CharField(max_length=20, default="inquiries", db_default="inquiries")
    name = models.CharField(_("name"), max_length=80, blank=True)
    is_shared = models.BooleanField(_("shared with everyone"), default=False)
    filters = models.JSONField(default=dict)
    created_at = models.DateTimeField()

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "created_at"], name="inquiries_view_sweep")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "of_list", "name"],
                condition=~Q(name=""),
                name="inquiries_savedview_name_once",
            ),
            models.CheckConstraint(
                condition=Q(is_shared=False) | ~Q(name=""),
                name="inquiries_savedview_shared_has_name",
            ),
        ]

    def __str__(self):
        return self.name or str(self.key)
