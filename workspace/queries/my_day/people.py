"""Cards about colleagues."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, Substitution, User
from accounts.models.user import PRESENT_FOR
from knowledge.models import Topic
from workspace.cards import Card, Figures, Line, Questions, address, first_rows


def substituted_by(user: User, at: datetime) -> list[Substitution]:
    """Running substitutions in which this person does a colleague's duties."""
    if len(user.acts_for_ids) == 1:
        return []
    running = Substitution.objects.running_on(timezone.localdate(at)).filter(substitute=user)
    return list(running.select_related("substituted").order_by("ends_on", "pk"))


def _people(user: User, at: datetime) -> Questions:
    everybody = User.objects.filter(is_active=True)
    there = everybody.filter(last_seen_at__gte=at - PRESENT_FOR, away_since__isnull=True)
    return {"present": there, "everybody": everybody}


def _present(user: User, at: datetime, numbers: Mapping[str, int]) -> Card:
    return Card(
        "present",
        _("Colleagues present"),
        "users",
        numbers["present"],
        address("accounts:directory"),
        out_of=numbers["everybody"],
    )


present = Figures(_people, _present)  # who can be asked or put through to, out of all


def own_topics(user: User, at: datetime) -> Card:
    """The topics for which the directory names this person, with what knowledge says of them."""
    counties: dict[str, list[str]] = {}
    for held in user.responsibilities.order_by("county"):
        counties.setdefault(held.topic_code, []).append(held.county)
    topics = Topic.objects.visible_to(user).filter(code__in=counties).order_by("position", "pk")
    lines = [
        Line(
            title=topic.name(),
            url=address("knowledge:topic", topic.code),
            detail=", ".join(filter(None, counties[topic.code])) or _("All of Estonia"),
        )
        for topic in topics
    ]
    return Card("own-topics", _("Topics you deal with"), "book-2", len(lines), lines=lines)


def without_role(user: User, at: datetime) -> Card:
    """Accounts that are open but may do nothing: forgotten, or to be closed."""
    held = RoleAssignment.objects.held_on(timezone.localdate(at)).known().values("user")
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


def unknown_roles(user: User, at: datetime) -> list[Card]:
    """Roles that another version of the code left behind; usually there are none, and no card."""
    held = RoleAssignment.objects.held_on(timezone.localdate(at)).unknown().select_related("user")
    found, count = first_rows(held.order_by("user__last_name", "pk"))
    if not found:
        return []
    where = address("accounts:staff")
    lines = [Line(title=str(one.user), url=where, pill=one.role, tone="bad") for one in found]
    title = _("Roles that this version does not know")
    return [Card("unknown-roles", title, "alert-triangle", count, where, tone="bad", lines=lines)]
