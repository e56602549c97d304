from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.roles import PERMISSIONS_OF, ROLES, Scope


class User(AbstractUser):
    """A member of staff who signs in."""

    unit = models.ForeignKey(
        "accounts.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="staff"
    )
    job_title = models.CharField(max_length=150, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(
        max_length=2, choices=[("et", "Eesti"), ("en", "English"), ("ru", "Русский")], default="et"
    )
    theme = models.CharField(
        max_length=5, choices=[("light", _("Light")), ("dark", _("Dark"))], default="light"
    )

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("members of staff")

    def __str__(self):
        return self.get_full_name() or self.username

    @cached_property
    def active_roles(self) -> list[str]:
        """Roles held today, own ones first, then those of colleagues this person substitutes."""
        return self.role_assignments.held_now()

    @cached_property
    def scopes(self) -> dict[str, Scope]:
        """Each permission held, with the widest scope any role gives it."""
        widest: dict[str, Scope] = {}
        for role in self.active_roles:
            for permission, scope in PERMISSIONS_OF[role].items():
                widest[permission] = max(scope, widest.get(permission, scope))
        return widest

    @property
    def role_label(self):
        return ROLES[self.active_roles[0]].label if self.active_roles else _("no role")

    def scope_of(self, permission: str) -> Scope | None:
        return self.scopes.get(permission)
