from django.conf import settings
from django.db import models
from django.db.models import Q


class FavouriteTopic(models.Model):
    """A topic that a member of staff has put on one of the digits 1 to 9."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourite_topics"
    )
    digit = models.PositiveSmallIntegerField()
    topic = models.ForeignKey("knowledge.Topic", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["digit"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "digit"], name="knowledge_favouritetopic_digit_once"
            ),
            models.UniqueConstraint(
                fields=["user", "topic"], name="knowledge_favouritetopic_topic_once"
            ),
            models.CheckConstraint(
                condition=Q(digit__gte=1, digit__lte=9), name="knowledge_favouritetopic_digit"
            ),
        ]

    def __str__(self):
        return f"{self.digit}: {self.topic}"
