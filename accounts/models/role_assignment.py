from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.roles import ROLES


class RoleAssignmentQuerySet(models.QuerySet):
    def held_on(self, day):
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def held_now(self):
        today = timezone.localdate()
        return [held.role for held in self.held_on(today).order_by("pk")]


class RoleAssignment(models.Model):
    """A role that a member of staff holds from a day on, until it is ended."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_assignments"
    )
    role = models.CharField(
        max_length=30, choices=[(code, role.label) for code, role in ROLES.items()]
    )
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="accounts_roleassignment_ends_after_start",
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"
