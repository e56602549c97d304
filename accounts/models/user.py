import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models.line_period import LineState
from accounts.models.role_assignment import HeldRole, RoleAssignment
from accounts.permissions import may
from accounts.roles import PERMISSIONS_OF, ROLES, Scope

PRESENT_FOR = dt.timedelta(minutes=15)  # since the last click; a page left open says nothing


class User(AbstractUser):
    """A member of staff who signs in."""

    unit = models.ForeignKey(
        "accounts.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="staff",
        verbose_name=_("unit"),
    )
    job_title = models.CharField(_("job title"), max_length=150, blank=True)
    phone = models.CharField(_("work phone"), max_length=20, blank=True)
    # By which the telephone exchange knows this person's desk: its events name no one else.
    extension = models.CharField(_("extension"), max_length=20, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("et", "Eesti"), ("en", "English"), ("ru", "Русский")],
        default="et",
    )
    theme = models.CharField(
        _("colours"),
        max_length=5,
        choices=[("light", _("Light")), ("dark", _("Dark"))],
        default="light",
    )
    last_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    away_since = models.DateTimeField(null=True, blank=True, editable=False)
    # The period on the line under way, for the top bar of every page; none: not on the line.
    line_state = models.CharField(max_length=12, choices=LineState, blank=True, editable=False)
    line_since = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("members of staff")
        indexes = [
            models.Index(fields=["last_name", "first_name"], name="accounts_user_name"),
            models.Index(
                fields=["line_state"], condition=~Q(line_state=""), name="accounts_user_on_line"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["extension"],
                condition=~Q(extension=""),
                name="accounts_user_extension_once",
                violation_error_message=_("A colleague has this extension."),
            )
        ]

    def __str__(self):
        return self.get_full_name() or self.username

    @cached_property
    def roles_held(self) -> list[HeldRole]:
        """Roles that count today: own ones first, then those of substituted colleagues."""
        return RoleAssignment.objects.acting(self, timezone.localdate())

    @property
    def active_roles(self) -> list[str]:
        return list(dict.fromkeys(held.role for held in self.roles_held))

    @property
    def own_roles(self) -> list[str]:
        return [held.role for held in self.roles_held if held.holder_id == self.pk]

    @property
    def acts_for_ids(self) -> list[int]:
        """Ids of those whose own work this person does today: oneself and those substituted."""
        return list(dict.fromkeys([self.pk, *(held.holder_id for held in self.roles_held)]))

    @property
    def substituting(self) -> list[str]:
        """Names of the colleagues whose duties this person does today, for every page to show."""
        others = (held.holder_name for held in self.roles_held if held.holder_id != self.pk)
        return list(dict.fromkeys(others))

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

    @property
    def role_labels(self):
        return [ROLES[role].label for role in self.active_roles]

    @property
    def is_away(self) -> bool:
        return self.away_since is not None

    @property
    def line_states(self):
        """What a person may choose; writing after a call begins and ends by itself."""
        return [choice for choice in LineState.choices if choice[0] != LineState.AFTER_CALL]

    def is_present(self, at: dt.datetime) -> bool:
        """Signed in and not away: whom a caller can be put through to."""
        seen = self.last_seen_at
        return not self.is_away and seen is not None and at - seen <= PRESENT_FOR

    @property
    def takes_calls(self) -> bool:
        """Whether it is this person's work to answer the telephone."""
        return self.is_active and self.has_perm("accounts.change_line_state")

    def is_at_the_line(self, at: dt.datetime) -> bool:
        """Present, and ready for the next call or about to be."""
        return self.is_present(at) and self.line_state in {LineState.READY, LineState.AFTER_CALL}

    def scope_of(self, permission: str) -> Scope | None:
        return self.scopes.get(permission)

    # Roles alone decide: the columns is_superuser and groups of Django's user open no door here.
    def has_perm(self, perm, obj=None):
        return may(self, perm, obj)

    def has_module_perms(self, app_label):
        return may(self, "accounts.manage_staff")
