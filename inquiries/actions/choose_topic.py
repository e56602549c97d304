from datetime import datetime

from django.db import transaction

from accounts.models import User
from inquiries.models import Inquiry
from inquiries.versions import keep_first_version, save_version
from knowledge.models import Topic


def choose_topic(*, inquiry: Inquiry, topic: Topic, by: User, at: datetime) -> Inquiry:
    """Somebody says what a letter that came without a topic is about.

    1. Lock the inquiry; a topic that a colleague has chosen meanwhile stays.
    2. Give it the topic, and the unit that owns the topic unless it has one already.
    3. Write a version.
    """
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update(of=("self",)).get(pk=inquiry.pk)
        if inquiry.topic_id:
            return inquiry
        keep_first_version(inquiry)
        inquiry.claim_version(inquiry.version)
        inquiry.topic, inquiry.main_topic_id = topic, topic.parent_id or topic.pk
        inquiry.owner_unit = inquiry.owner_unit or topic.owner_unit
        save_version(inquiry, why="changed", by=by, at=at)
    return inquiry
