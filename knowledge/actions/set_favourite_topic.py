from django.db import transaction

from accounts.models import User
from knowledge.models import FavouriteTopic, Topic


@transaction.atomic
def set_favourite_topic(*, digit: int, topic: Topic | None, by: User) -> None:
    """A member of staff puts a topic on one of the digits 1 to 9, or clears the digit.

    1. One change of a person's favourites at a time.
    2. Free the digit, and the topic if it stood on another digit.
    3. Put the topic there.
    """
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    own = FavouriteTopic.objects.filter(user=by)
    own.filter(digit=digit).delete()
    if topic is not None:
        own.filter(topic=topic).delete()
        FavouriteTopic.objects.create(user=by, digit=digit, topic=topic)
