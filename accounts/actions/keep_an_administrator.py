from collections.abc import Iterable
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import RoleAssignment, User
from common.refusals import Refusal


class LastAdministrator(Refusal):
    """Without an administrator nobody could give anybody a role again."""

    code = "last_administrator"
    sentence = _(
        "%(user)s is the last administrator without an end date. Make somebody else an "
        "administrator first."
    )


def keep_an_administrator(
    *, user: User, can_sign_in: bool, will_hold: Iterable[RoleAssignment], on: date
) -> None:
    """An account, its password or its roles are about to be changed.

    1. Hold on to the roles of all administrators until the change is saved, so that two of them
       cannot end each other's at the same moment.
    2. Go on if the person is not one today, or stays one who can sign in: the account is open and
       has a password.
    3. Refuse if nobody else is one today with no end in sight.

    Called in the transaction that saves the change. Raises LastAdministrator.
    """
    held = RoleAssignment.objects.filter(role="administrator").select_for_update(of=("self",))
    list(held.order_by("pk"))
    if not _lasting(on).filter(user=user).exists():
        return
    if can_sign_in and any(_lasts(one, on) for one in will_hold):
        return
    if not _lasting(on).exclude(user=user).exists():
        raise LastAdministrator(user=user)


def _lasting(on: date) -> QuerySet[RoleAssignment]:
    without_end = Q(role="administrator", starts_on__lte=on, ends_on__isnull=True)
    can_sign_in = Q(user__is_active=True) & ~Q(user__password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return RoleAssignment.objects.filter(without_end, can_sign_in)


def _lasts(one: RoleAssignment, on: date) -> bool:
    return one.role == "administrator" and one.starts_on <= on and one.ends_on is None
