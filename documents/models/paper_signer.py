from django.conf import settings
from django.db import models

from common.encryption import EncryptedTextField
from documents.kinds import SignerRole


class PaperSigner(models.Model):
    """One person who must sign a paper, and in what capacity."""

    paper = models.ForeignKey("documents.Paper", on_delete=models.CASCADE, related_name="signers")
    role = models.CharField(max_length=20, choices=SignerRole)
    position = models.PositiveSmallIntegerField(default=0)  # order of the signature blocks
    user = models.ForeignKey(  # when the agency signs
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # As long as the register's own words may be; of a company's representative, with its name before.
    name = models.CharField(max_length=500)
    job_title = models.CharField(max_length=750, blank=True)  # as the paper says it, in Estonian
    basis = models.CharField(max_length=200, blank=True)  # in the genitive, as the paper says it
    personal_code = EncryptedTextField(blank=True)
    personal_code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    code_country = models.CharField(max_length=10, blank=True)
    masked_code = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["paper", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "role", "position"], name="documents_papersigner_place_once"
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.role})"
