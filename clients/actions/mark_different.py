from datetime import datetime

from django.db import transaction

from accounts.actions import record_access
from accounts.models import User
from clients.actions.merge_clients import ClientsNotAlike
from clients.models import Client, DifferentClients


def mark_different(*, client: Client, other: Client, by: User, at: datetime) -> None:
    """Two cards that look like doubles turn out to be two clients.

    1. Write the pair down once, whoever says it and however often.
    2. Log it with both cards the first time.

    Raises ClientsNotAlike for a card and itself.
    """
    if client.pk == other.pk:
        raise ClientsNotAlike
    first, second = sorted([client, other], key=lambda card: card.pk)
    with transaction.atomic():
        _pair, is_new = DifferentClients.objects.get_or_create(
            first=first, second=second, defaults={"at": at, "by": by}
        )
        if is_new:
            for card in (first, second):
                record_access(what="client.mark_different", by=by, at=at, subject=card)


def unmark_different(*, client: Client, other: Client, by: User, at: datetime) -> None:
    """The mark was a mistake: the pair is offered as possible doubles again.

    1. Take the mark away, and log it with both cards if there was one.
    """
    with transaction.atomic():
        pair = DifferentClients.objects.among([client.pk, other.pk])
        taken_away, _by_model = pair.delete()
        if taken_away:
            for card in (client, other):
                record_access(what="client.unmark_different", by=by, at=at, subject=card)
