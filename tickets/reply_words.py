"""Fills a canned reply: which names in braces it may say, and what stands for each with a ticket."""

import re
from collections.abc import Mapping

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.refusals import Refusal
from inquiries.wording import NAME, filled, salutation, signature
from tickets.choices import ReplyPurpose
from tickets.models import CannedReply, Ticket

GAP = "…"  # stands for what is not known of this ticket
NAMES: dict[str, Promise] = {
    "number": _("number of the ticket"),
    "topic": _("topic"),
    "sender": _("name of whoever writes"),
    "agency": _("name of the agency"),
    "client": _("client's name"),
    "salutation": _("greeting with the client's name"),
    "signature": _("farewell, name and telephone of whoever writes"),
}
# Tier II, and Jira, learn who the client is only from the ticket itself.
OF_CLIENT = frozenset({"client", "salutation"})
IN_BRACES = re.compile(r"\{[^{}\n]*\}|[{}]")


class NameNotKnown(Refusal):
    """A reply names something that nothing would be put in for."""

    code = "name_not_known"
    sentence = _("Nothing stands for %(names)s. What may be said in braces: %(known)s.")


def names_for(purpose: str) -> dict[str, Promise]:
    hidden = OF_CLIENT if purpose == ReplyPurpose.TIER2 else frozenset()
    return {name: label for name, label in NAMES.items() if name not in hidden}


def need_known_names(text: str, purpose: str) -> None:
    """Raises NameNotKnown of every brace that would stay in the words as it is."""
    known = names_for(purpose)
    found = [one for one in IN_BRACES.findall(text) if not _is_known(one, known)]
    if found:
        names = ", ".join(dict.fromkeys(found))
        raise NameNotKnown(names=names, known=", ".join(f"{{{name}}}" for name in known))


def _is_known(braced: str, known: Mapping[str, object]) -> bool:
    name = NAME.fullmatch(braced)
    return name is not None and name[1] in known


def words_of(reply: CannedReply, ticket: Ticket, *, by: User) -> str:
    """The reply as it is put into the form."""
    values = _values(ticket, by, reply.language)
    allowed = names_for(reply.purpose)
    return filled(reply.text, {name: values[name] or GAP for name in allowed})


def _values(ticket: Ticket, by: User, language: str) -> dict[str, str]:
    client = ticket.client.survivor.name if ticket.client else ""
    with translation.override(language):
        topic = str(ticket.topic or "")
    return {
        "number": ticket.number,
        "topic": topic,
        "sender": str(by),
        "agency": settings.AGENCY["name"],
        "client": client,
        "salutation": salutation(client, language),
        "signature": signature(by, language),
    }
