"""Short lists of words that tickets are described by."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.clocks import ClockName


class Urgency(TextChoices):
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("Urgent")
    CRITICAL = "critical", _("Stands still")


class MayContact(TextChoices):
    """Whether tier II may turn to the client."""

    YES = "yes", _("Tier II may contact the client")
    NO = "no", _("Only we contact the client")
    ANONYMOUS = "anonymous", _("The client is not known")


class CommentKind(TextChoices):
    """Who reads it: never to be mixed up, since one of them leaves the house."""

    INTERNAL = "internal", _("Internal note")
    TIER2 = "tier2", _("To tier II")
    CLIENT = "client", _("To the client")


class CommentSource(TextChoices):
    """By which way it came in."""

    HERE = "here", _("written here")
    JIRA = "jira", "Jira"
    MAIL = "mail", _("by e-mail")
    LINK = "link", _("by link")


class DeliveryChannel(TextChoices):
    PHONE = "phone", _("by phone")
    EMAIL = "email", _("by e-mail")
    LETTER = "letter", _("by letter")
    VISIT = "visit", _("in person")
    LINK = "none", pgettext_lazy("delivery", "not needed")


class LinkAnswer(TextChoices):
    """What somebody who came by a link has to say."""

    WORD = "word", _("How far it is")
    QUESTION = "question", _("I need to know more")
    SOLUTION = "solution", _("It is solved")


class ReplyPurpose(TextChoices):
    """What a canned reply is for: one for tier II is never offered where the client reads."""

    CLIENT = "client", pgettext_lazy("reply", "To the client")
    QUESTION = "question", pgettext_lazy("reply", "Question to the client")
    DELIVERY = "delivery", pgettext_lazy("reply", "Solution for the client")
    TIER2 = "tier2", pgettext_lazy("reply", "To tier II")


class WorksIn(TextChoices):
    HERE = "here", _("here")
    JIRA = "jira", "Jira"


class FactKind(TextChoices):
    """How a fact that a group needs is typed in."""

    TEXT = "text", _("one line")
    LONG = "long", _("several lines")


class RelationKind(TextChoices):
    DUPLICATE = "duplicate", _("duplicate of")
    RELATED = "related", _("belongs with")
    SPLIT = "split", _("split from")


class LinkKind(TextChoices):
    """How a ticket is linked by hand: a relation, or one is a part of the other."""

    RELATED = "related", _("belongs together with")
    DUPLICATE = "duplicate", _("is a duplicate of")
    PART = "part", _("is a part of")
    WHOLE = "whole", _("has as a part")


class PartChoice(TextChoices):
    """What becomes of an open part when the client of the whole is told."""

    MAIL = "mail", _("its client is written the same words now")
    TOLD = "told", _("its client was told too, in the same way")
    LATER = "later", _("solved with this one; its client is told later")
    LEAVE = "leave", _("stays as it is")


# What each service clock waits for: the same words in the administration, on lists and on the page.
CLOCKS: dict[str, Promise] = {
    ClockName.REACTION: _("First reaction"),
    ClockName.UPDATE: _("Word from tier II"),
    ClockName.SOLUTION: _("Solution"),
    ClockName.DELIVERY: _("Telling the client"),
}
