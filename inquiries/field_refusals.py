"""What can be wrong with a field that somebody filled in; each is said at its field."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from common.refusals import Refusal


class Missing(Refusal):
    code = "missing"
    sentence = _("Fill in this field: %(field)s.")


class UnknownChoice(Refusal):
    code = "unknown_choice"
    sentence = _("This choice is not offered: %(field)s.")


class TooLong(Refusal):
    code = "too_long"
    sentence = _("%(field)s: at most %(limit)s characters.")


class TooLongAgo(Refusal):
    """The law of that day is not among our terms."""

    code = "too_long_ago"
    sentence = _("%(field)s: this day lies too far back.")


class NotADate(Refusal):
    code = "not_a_date"
    sentence = _("%(field)s: this is not a date.")


class InThePast(Refusal):
    code = "in_the_past"
    sentence = _("%(field)s: this moment has passed.")


class InTheFuture(Refusal):
    code = "in_the_future"
    sentence = _("%(field)s: this day has not come yet.")


class ClosedThen(Refusal):
    """Nobody is here to call back at the moment that was promised."""

    code = "closed_then"
    sentence = _("The service is closed then. It opens next on %(opens)s.")

    def __init__(self, opens: dt.datetime) -> None:
        super().__init__(opens=opens)

    def __str__(self) -> str:
        opens = timezone.localtime(self.parameters["opens"])
        return str(self.sentence) % {"opens": date_format(opens, "SHORT_DATETIME_FORMAT")}


class AnonymousWithClient(Refusal):
    code = "anonymous_with_client"
    sentence = _("A caller who stays anonymous has no client record: remove one of the two.")


class NobodyIdentified(Refusal):
    code = "nobody_identified"
    sentence = _("Choose the client first: a caller is identified by what stands on the card.")


class NumberNotOnCard(Refusal):
    code = "number_not_on_card"
    sentence = _("The caller's number does not stand on the client's card.")


class SameFactTwice(Refusal):
    code = "same_fact_twice"
    sentence = _("Choose another fact than the first one.")


class NothingRepeated(Refusal):
    code = "nothing_repeated"
    sentence = _("Choose the client, or the inquiry that this call repeats.")


class FollowsItself(Refusal):
    code = "follows_itself"
    sentence = _("An inquiry cannot be a follow-up of itself.")


class InquiryNotComplete(Refusal):
    """What was typed does not make an inquiry yet; `errors` says why, by field."""

    code = "inquiry_not_complete"
    sentence = _("Some fields are missing or wrong.")

    def __init__(self, errors: Mapping[str, list[Refusal]]) -> None:
        super().__init__()
        self.errors = errors
