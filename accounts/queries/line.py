"""Who stands how to the telephone line, now and at a moment gone by."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import LinePeriod, LineState, RoleAssignment, User
from accounts.roles import PERMISSIONS_OF

# Ready ones first: in this order lists show people.
ORDER = [LineState.READY, LineState.AFTER_CALL, LineState.BREAK, LineState.AWAY]
LINE_ROLES = [role for role, held in PERMISSIONS_OF.items() if "accounts.change_line_state" in held]


def on_the_line() -> list[User]:
    """Those who have a state now, ready ones first, then by how long they have had it."""
    people = User.objects.exclude(line_state="").filter(is_active=True).select_related("unit")
    return sorted(people, key=_place)


def _place(user: User) -> tuple[int, dt.datetime]:
    return ORDER.index(LineState(user.line_state)), user.line_since or timezone.now()


def line_takers(on: dt.date) -> QuerySet[User]:
    """Those whose work it is to take calls."""
    held = RoleAssignment.objects.held_on(on).filter(role__in=LINE_ROLES)
    return User.objects.filter(is_active=True, pk__in=held.values("user"))


def off_the_line(on: dt.date) -> QuerySet[User]:
    """Those who could take calls and have no state now."""
    return line_takers(on).filter(line_state="").order_by("last_name", "first_name", "pk")


def line_at(moment: dt.datetime) -> QuerySet[LinePeriod]:
    """Who was on the line at a moment, ready or not."""
    periods = LinePeriod.objects.running_at(moment).select_related("user", "set_by")
    return periods.order_by("state", "user__last_name", "user__first_name", "pk")


def line_changes(since: dt.datetime, until: dt.datetime) -> QuerySet[LinePeriod]:
    """Every period that began in a span, the latest first."""
    periods = LinePeriod.objects.filter(began_at__gte=since, began_at__lt=until)
    return periods.select_related("user", "set_by").order_by("-began_at", "-pk")
