from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import handover
from accounts.actions.record_access import record_access
from accounts.models import RoleAssignment, Substitution, User
from accounts.roles import PERMISSIONS_OF, ROLES, Scope
from common.refusals import Refusal

# Whoever watches over others hands that over in person.
WATCHED = frozenset({"auditor", "administrator"})


class SubstitutionNotPossible(Refusal):
    """The same colleague is already substituted by the same person in these days."""

    code = "substitution_not_possible"
    sentence = _("%(substitute)s already substitutes %(substituted)s in these days.")


class RoleNotHeld(Refusal):
    """Only what somebody holds can be handed over."""

    code = "role_not_held"
    sentence = _("%(substituted)s does not hold all these roles throughout these days.")


class NotYoursToHandOver(Refusal):
    """Nobody gives away, or takes, more than may be arranged by that person."""

    code = "not_yours_to_hand_over"
    sentence = _("You may not hand over this role: %(role)s.")


def arrange_substitution(
    *,
    substitute: User,
    substituted: User,
    roles: Sequence[str],
    starts_on: date,
    ends_on: date,
    reason: str = "",
    by: User | None,
    at: datetime,
) -> Substitution:
    """Somebody takes over an absent colleague's duties for a period.

    1. See that the colleague holds the roles then, and that whoever arranges it may hand them over.
    2. Refuse a second substitution of the same two people in the same days.
    3. Write it down with what the colleague has open now, and into the access log.

    Nothing else is moved: the roles count, and own work is shared, while the period runs.
    """
    with transaction.atomic():
        # Both rows in one order, so that two arrangements of the same people wait for each other.
        list(
            User.objects.select_for_update(of=("self",))
            .filter(pk__in=[substitute.pk, substituted.pk])
            .order_by("pk")
        )
        _check_roles(substituted, roles, starts_on, ends_on)
        if by is not None:
            for role in roles:
                _check_hand_over(by, substitute, substituted, role)
        if Substitution.objects.filter(
            substitute=substitute,
            substituted=substituted,
            starts_on__lte=ends_on,
            ends_on__gte=starts_on,
            ended_at__isnull=True,
        ).exists():
            raise SubstitutionNotPossible(substitute=substitute, substituted=substituted)
        substitution = Substitution.objects.create(
            substitute=substitute,
            substituted=substituted,
            roles=list(roles),
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason,
            handed_over=handover.open_work_of(substituted.pk),
            arranged_by=by,
            arranged_at=at,
        )
        record_access(what="substitution.arranged", by=by, at=at, subject=substitution)
    return substitution


def _check_roles(substituted: User, roles: Sequence[str], starts_on: date, ends_on: date) -> None:
    held = set(
        RoleAssignment.objects.held_on(starts_on)
        .filter(user=substituted)
        .values_list("role", flat=True)
    ) & set(
        RoleAssignment.objects.held_on(ends_on)
        .filter(user=substituted)
        .values_list("role", flat=True)
    )
    if not roles or not set(roles) <= held or ends_on < starts_on:
        raise RoleNotHeld(substituted=substituted)


def _check_hand_over(by: User, substitute: User, substituted: User, role: str) -> None:
    scope = by.scope_of("accounts.arrange_substitution")
    is_within_own = all(
        by.scopes.get(permission, 0) >= wanted
        for permission, wanted in PERMISSIONS_OF[role].items()
    )
    if by.has_perm("accounts.manage_staff"):
        return
    reaches = scope == Scope.ALL or (
        scope == Scope.UNIT
        and by.unit_id is not None
        and by.unit_id == substituted.unit_id
        and is_within_own
    )
    is_own_role = by == substituted and role in by.own_roles and scope is not None
    takes_more = by == substitute and not is_within_own
    if is_own_role or (reaches and role not in WATCHED and not takes_more):
        return
    raise NotYoursToHandOver(role=ROLES[role].label)
