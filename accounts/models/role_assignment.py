import datetime as dt
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.roles import ROLES, is_known


class RoleAssignmentQuerySet(models.QuerySet):
    def held_on(self, day: dt.date):
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def known(self):
        return self.filter(role__in=ROLES)

    def unknown(self):
        """Left behind by another version of the code: they count for nothing."""
        return self.exclude(role__in=ROLES)

    def acting(self, user: Any, day: dt.date) -> list["HeldRole"]:
        """The person's own roles and those handed over, in one query.

        What a substitute does for somebody does not pass on to the substitute's own substitute.
        """
        handed_over = Q(
            user__substitutions__substitute=user,
            user__substitutions__starts_on__lte=day,
            user__substitutions__ends_on__gte=day,
            user__substitutions__ended_at__isnull=True,
            user__is_active=True,
        )
        rows = (
            self.held_on(day)
            .filter(Q(user=user) | handed_over)
            .order_by("pk")
            .values_list(
                "user_id",
                "role",
                "user__first_name",
                "user__last_name",
                "user__substitutions__roles",
            )
        )
        found = [
            HeldRole(holder, role, f"{first} {last}".strip())
            for holder, role, first, last, handed in rows
            if (holder == user.pk or role in handed) and is_known(role)
        ]
        return sorted(dict.fromkeys(found), key=lambda held: held.holder_id != user.pk)


class HeldRole(NamedTuple):
    """A role that counts today, with whose it is."""

    holder_id: int
    role: str
    holder_name: str


class RoleAssignment(models.Model):
    """A role that a member of staff holds from a day on, until it is ended."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="role_assignments",
        verbose_name=_("member of staff"),
    )
    role = models.CharField(
        _("role"), max_length=30, choices=[(code, role.label) for code, role in ROLES.items()]
    )
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("role of a member of staff")
        verbose_name_plural = _("roles of members of staff")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="accounts_roleassignment_ends_after_start",
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"

    @property
    def is_known(self):
        return is_known(self.role)
