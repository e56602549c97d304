from django.db import models
from django.utils.translation import gettext_lazy as _


class KeyKind(models.TextChoices):
    NAME = "name", _("name")
    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    CODE = "code", _("code")


class ClientKey(models.Model):
    """One beginning by which a client is found: a folded word of the name, a spelling of a number,
    an address, a registry code.

    `words` repeats everything else that may be typed beside it, so that one range of one index
    answers a search of several words.
    """

    client = models.ForeignKey("clients.Client", on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=5, choices=KeyKind)
    key = models.CharField(max_length=254)
    words = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["key", "kind", "words", "client"],
                opclasses=["varchar_pattern_ops", "varchar_ops", "varchar_ops", "int8_ops"],
                name="clients_key_covering",
            )
        ]

    def __str__(self):
        return f"{self.kind} of client {self.client_id}"
