from django.db import models
from django.utils import timezone

from common.encryption import EncryptedTextField
from registry.representation import OrganisationAnswer
from registry.representation.stored import from_json


class AnswerNeverChanges(Exception):
    """Evidence is written once; a database trigger holds it too."""


class EvidenceQuerySet(models.QuerySet):
    def update(self, **values):
        raise AnswerNeverChanges

    def delete(self):
        raise AnswerNeverChanges


EvidenceManager = models.Manager.from_queryset(EvidenceQuerySet)


class Evidence(models.Model):
    """Base of rows that are written once and never changed or removed by the application."""

    objects = EvidenceManager()

    class Meta:
        abstract = True

    def delete(self, *args, **kwargs):
        raise AnswerNeverChanges


class RegisterAnswerQuerySet(EvidenceQuerySet):
    def latest_of(self, registry_code):
        found = self.filter(registry_code=registry_code)
        return found.order_by("-obtained_at", "-pk").first()

    def of_the_day(self, at):
        """What was said between midnight in Tallinn and this moment."""
        midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(obtained_at__gte=midnight, obtained_at__lte=at)

    def about_representation(self):
        """Without look-ups, which name nobody."""
        return self.filter(operations__startswith="esindus")


class RegisterAnswer(Evidence):
    """What the live register said of one organisation at one moment."""

    registry_code = models.CharField(max_length=20)
    obtained_at = models.DateTimeField()
    operations = models.CharField(max_length=100)  # "esindus_v2 detailandmed_v2"
    # Without credentials, personal codes and birth dates; the digest is of this text.
    reply = models.TextField()
    reply_sha256 = models.CharField(max_length=64)
    # The reading of it with the codes in it, as JSON: a second check of the day need not ask again.
    content = EncryptedTextField()

    objects = RegisterAnswerQuerySet.as_manager()  # type: ignore[misc]  # over the base class's

    class Meta:
        indexes = [
            models.Index(fields=["registry_code", "-obtained_at"], name="registry_answer_of_code")
        ]

    def __str__(self):
        return f"{self.registry_code} {self.obtained_at:%Y-%m-%d %H:%M}"

    @property
    def organisation(self) -> OrganisationAnswer | None:
        """None where the register knew no such organisation."""
        return from_json(self.content)
