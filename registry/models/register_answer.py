from django.db import models

from common.encryption import EncryptedTextField


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

    class Meta:
        indexes = [
            models.Index(fields=["registry_code", "-obtained_at"], name="registry_answer_of_code")
        ]

    def __str__(self):
        return f"{self.registry_code} {self.obtained_at:%Y-%m-%d %H:%M}"
