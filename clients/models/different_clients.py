from django.conf import settings
from django.db import models
from django.db.models import F, Q


class DifferentClientsQuerySet(models.QuerySet):
    def among(self, client_ids):
        return self.filter(first__in=client_ids, second__in=client_ids)

    def of(self, client):
        return self.filter(Q(first=client) | Q(second=client))


class DifferentClients(models.Model):
    """Somebody compared two cards and they are not one client: they are not offered as doubles."""

    first = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = DifferentClientsQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], name="clients_differentclients_pair_once"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="clients_differentclients_older_first"
            ),
        ]

    def __str__(self):
        return f"{self.first_id} ≠ {self.second_id}"

    def other_than(self, client):
        return self.second if self.first_id == client.pk else self.first
