from datetime import datetime

from django.utils.translation import gettext_lazy as _

from common.models import ExternalLink, LinkOpening
from common.refusals import Refusal
from common.tokens import token_hash


class LinkNotValid(Refusal):
    """The link is unknown, for another purpose, expired or revoked; the holder is not told which."""

    code = "link_not_valid"
    sentence = _("This link is not valid any more. Ask for a new one.")


def open_external_link(*, token: str, purpose: str, at: datetime) -> ExternalLink:
    """Somebody opens the page that a link leads to.

    1. Find the link by the hash of its token.
    2. Log the opening, let in or not.

    Raises LinkNotValid. Call it outside a transaction, so that a refused opening stays logged.
    """
    link = ExternalLink.objects.filter(token_hash=token_hash(token), purpose=purpose).first()
    if link is None:
        raise LinkNotValid
    is_valid = link.is_valid(at)
    LinkOpening.objects.create(link=link, at=at, was_let_in=is_valid)
    if not is_valid:
        raise LinkNotValid
    return link
