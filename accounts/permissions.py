"""May this person do it: the answer of the roles held today."""

from functools import lru_cache
from typing import Any

from django.contrib import admin

from accounts.roles import Scope


def may(user: Any, permission: str, obj: Any = None) -> bool:
    """Say whether the person holds the permission, and for a record whether it reaches that far.

    The record's model says by `is_in_scope(user, scope)` whether it is the person's own or the
    unit's. Reference data under /admin/ is the administrator's.
    """
    if not user.is_active or user.is_anonymous:
        return False
    scope = user.scope_of(permission)
    if scope is None:
        return permission in reference_permissions() and "accounts.manage_staff" in user.scopes
    return obj is None or scope == Scope.ALL or bool(obj.is_in_scope(user, scope))


@lru_cache(maxsize=1)
def reference_permissions() -> frozenset[str]:
    """Names by which Django's admin asks about the models on its pages."""
    inlines = {
        inline.model
        for model_admin in admin.site._registry.values()
        for inline in model_admin.inlines
    }
    return frozenset(
        f"{model._meta.app_label}.{act}_{model._meta.model_name}"
        for model in {*admin.site._registry, *inlines}
        for act in ("view", "add", "change", "delete")
    )
