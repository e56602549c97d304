from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from tickets.models import CannedReply
from tickets.reply_words import need_known_names


def write_reply(
    *, reply: CannedReply, version: int, values: dict[str, Any], by: User, at: datetime
) -> CannedReply:
    """A canned reply is written, or written anew.

    1. Every name in braces must be one that something stands for; of the client none where tier II reads it.
    2. What a colleague saved meanwhile is not overwritten.

    Raises NameNotKnown, StaleSave; then nothing has changed.
    """
    need_known_names(values["text"], values["purpose"])
    with transaction.atomic():
        if reply.pk:
            reply.claim_version(version, mine=values)
        for name, value in values.items():
            setattr(reply, name, value)
        reply.changed_at, reply.changed_by = at, by
        reply.save()
    return reply
