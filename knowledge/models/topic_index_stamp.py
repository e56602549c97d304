import uuid

from django.db import models


class TopicIndexStamp(models.Model):
    """One row that changes whenever topics or their search words do.

    Each process keeps its own search index and builds it anew when this row has changed.
    """

    version = models.UUIDField(default=uuid.uuid4)

    def __str__(self):
        return str(self.version)
