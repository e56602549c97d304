"""What a refused request wanted, in words: the log keeps method and route."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The longest beginning that fits a route says what stands there.
PLACES = {
    "": gettext_lazy("my day"),
    "accounts/": gettext_lazy("signing in"),
    "admin/": gettext_lazy("administration"),
    "api/": gettext_lazy("the API"),
    "ask/": gettext_lazy("the public page"),
    "calls/": gettext_lazy("the call screen"),
    "clients/": gettext_lazy("clients"),
    "tickets/": gettext_lazy("tickets"),
    "documents/": gettext_lazy("access cases"),
    "documents/templates/": gettext_lazy("wordings of papers"),
    "inquiries/": gettext_lazy("inquiries"),
    "inquiries/callbacks/": gettext_lazy("callbacks"),
    "inquiries/calls/": gettext_lazy("phone calls"),
    "inquiries/export/": gettext_lazy("export of inquiries"),
    "inquiries/inbox/": gettext_lazy("letters"),
    "inquiries/letters/": gettext_lazy("letters"),
    "inquiries/mailbox/": gettext_lazy("the mailbox"),
    "inquiries/past/": gettext_lazy("import of the past"),
    "inquiries/reading/": gettext_lazy("answers to read"),
    "inquiries/satisfaction/": gettext_lazy("what clients say"),
    "inquiries/units/": gettext_lazy("letters to a unit"),
    "knowledge/": gettext_lazy("knowledge"),
    "line/": gettext_lazy("today's line"),
    "mail/": gettext_lazy("mail that could not be sent"),
    "registry/": gettext_lazy("the business register"),
    "registry/checks/": gettext_lazy("representation checks"),
    "registry/imports/": gettext_lazy("imports of the register"),
    "search/": gettext_lazy("search everywhere"),
    "settings/": gettext_lazy("own settings"),
    "settings/access-log/": gettext_lazy("the access log"),
    "settings/competences/": gettext_lazy("competences"),
    "settings/directory/": gettext_lazy("the staff directory"),
    "settings/line/": gettext_lazy("who is on the line"),
    "settings/staff/": gettext_lazy("accounts of staff"),
    "settings/substitutions/": gettext_lazy("substitutions"),
    "settings/tokens/": gettext_lazy("API tokens"),
}
LOOKED_AT = frozenset({"GET", "HEAD"})


def refused_in_words(reason: str) -> str:
    """`GET settings/tokens/` as a person says it; what nobody has put into words stays as it is."""
    method, _space, route = reason.partition(" ")
    route = route.removeprefix("/")
    fitting = [place for place in PLACES if place and route.startswith(place)]
    if route and not fitting:
        return reason
    place = PLACES[max(fitting, key=len, default="")]
    words = _("look at: %(place)s") if method in LOOKED_AT else _("do something in: %(place)s")
    return words % {"place": place}
