"""Letters on paper that somebody has to print and post."""

from django.db.models import QuerySet

from accounts.models import User
from inquiries.models import Letter

POST_ORDER = ("to_post_since", "pk")


def letters_to_post(*, by: User) -> QuerySet[Letter]:
    """Those that wait and that this person sees, in POST_ORDER the longest waiting first."""
    return Letter.objects.visible_to(by).to_post()
