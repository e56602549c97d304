from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from knowledge.models import ScriptVersion, Topic
from knowledge.script_text import read_script


def publish_script_version(
    *, topic: Topic, body: str, valid_from: date, by: User | None, at: datetime
) -> ScriptVersion:
    """The script of a topic gets a new wording.

    1. Read it through: every step in three languages, every answer leading somewhere.
    2. Take the next number, one publisher at a time, and write the version; earlier ones stay as
       they are, since inquiries keep the path through them.

    Raises ScriptNotUnderstood or ScriptNotWhole.
    """
    read_script(body)
    with transaction.atomic():
        topic = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
        latest = ScriptVersion.objects.filter(topic=topic).aggregate(top=Max("number"))["top"]
        return ScriptVersion.objects.create(
            topic=topic,
            number=(latest or 0) + 1,
            body=body,
            valid_from=valid_from,
            approved_by=by,
            created_at=at,
        )
