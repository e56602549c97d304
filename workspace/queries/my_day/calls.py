"""Cards about telephone calls; each asks the same question as the list it leads to."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Window
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from clients.phones import spoken_phone
from inquiries.queries.phone_calls import MOST_NUMBERS, calls_without_inquiry, missed_numbers
from workspace.cards import ROWS_OF_A_CARD, Card, Line, address, first_rows


def missed(user: User, at: datetime) -> Card:
    """Numbers to call back, however often each rang."""
    numbers = missed_numbers(by=user, at=at).annotate(in_all=Window(Count("number")))
    found = list(numbers[:ROWS_OF_A_CARD])
    return Card(
        "calls-missed",
        gettext_lazy("Missed calls to call back"),
        "phone-off",
        min(found[0]["in_all"], MOST_NUMBERS) if found else 0,
        address("inquiries:missed_calls"),
        tone="warn" if found else "",
        lines=[_missed_line(one) for one in found],
    )


def _missed_line(one: dict[str, Any]) -> Line:
    times = ngettext("rang once", "rang %(times)s times", one["times"]) % {"times": one["times"]}
    return Line(
        title=spoken_phone(one["number"]) if one["number"] else _("Withheld number"),
        url=address("inquiries:phone_call", one["last"]),
        detail=times,
        at=one["last_at"],
    )


def unwritten(user: User, at: datetime) -> Card:
    """Calls that one answered and wrote nothing down about."""
    found, count = first_rows(calls_without_inquiry(by=user, at=at, is_mine=True))
    return Card(
        "calls-unwritten",
        gettext_lazy("My calls without an inquiry"),
        "phone-incoming",
        count,
        address("inquiries:calls_unwritten", mine="on"),
        tone="warn" if count else "",
        lines=[
            Line(
                title=call.number_shown or _("Withheld number"),
                url=address("inquiries:phone_call", call.pk),
                detail=call.queue,
                at=call.rang_at,
            )
            for call in found
        ],
    )
