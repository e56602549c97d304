from django.db import transaction

from accounts.models import User
from knowledge.models import FavouriteTopic, Topic


@transaction.atomic
def set_favourite_topic(*, topic: Topic, digit: int | None, by: User) -> None:
    """A member of staff puts a topic on one of the digits 1 to 9, or takes it off.

    1. One change of a person's favourites at a time.
    2. Free the digit, and the topic if it stood on another digit.
    3. Put the topic there; the two change places if both stood on a digit.
    """
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    own = FavouriteTopic.objects.filter(user=by)
    there = own.filter(digit__in=[digit] if digit else []).exclude(topic=topic).first()
    before = own.filter(topic=topic).first()
    own.filter(pk__in=[one.pk for one in (there, before) if one]).delete()
    if digit is not None:
        FavouriteTopic.objects.create(user=by, digit=digit, topic=topic)
        if there and before:
            FavouriteTopic.objects.create(user=by, digit=before.digit, topic=there.topic)
