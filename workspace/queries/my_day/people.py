"""Cards about colleagues."""

from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, Substitution, User
from accounts.models.user import PRESENT_FOR
from workspace.cards import Card, Line, address, first_rows


def substituted_by(user: User, at: datetime) -> list[Substitution]:
    """Running substitutions in which this person does a colleague's duties."""
    if len(user.acts_for_ids) == 1:
        return []
    running = Substitution.objects.running_on(timezone.localdate(at)).filter(substitute=user)
    return list(running.select_related("substituted").order_by("ends_on", "pk"))


def present(user: User, at: datetime) -> Card:
    """Who can be asked or put through to, out of all."""
    there = Q(last_seen_at__gte=at - PRESENT_FOR, away_since__isnull=True)
    people = User.objects.filter(is_active=True).aggregate(
        present=Count("pk", filter=there), all=Count("pk")
    )
    return Card(
        "present",
        _("Colleagues present"),
        "users",
        people["present"],
        address("accounts:directory"),
        out_of=people["all"],
    )


def without_role(user: User, at: datetime) -> Card:
    """Accounts that are open but may do nothing: forgotten, or to be closed."""
    held = RoleAssignment.objects.held_on(timezone.localdate(at)).values("user")
    found, count = first_rows(
        User.objects.filter(is_active=True).exclude(pk__in=held).order_by("last_name", "pk")
    )
    return Card(
        "without-role",
        _("Accounts without a role"),
        "user-off",
        count,
        address("accounts:staff"),
        tone="warn" if count else "",
        lines=[Line(title=str(person), detail=person.job_title) for person in found],
    )
