import uuid

from knowledge.models import TopicIndexStamp


def renew_topic_index() -> None:
    """Topics or their search words have changed.

    1. Put a new stamp, so that every process builds its search index anew at its next search.
    """
    TopicIndexStamp.objects.update_or_create(pk=1, defaults={"version": uuid.uuid4()})
