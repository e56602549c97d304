from django.db import models


class StoredReply(models.Model):
    """The answer given to a request of the API that carried an Idempotency-Key."""

    token_id = models.BigIntegerField()
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField(null=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "stored replies"
        constraints = [
            models.UniqueConstraint(fields=["token_id", "key"], name="common_storedreply_once")
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"
