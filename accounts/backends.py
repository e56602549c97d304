from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend

from accounts.roles import Scope


class RoleBackend(BaseBackend):
    """Answers `user.has_perm(name, obj)` from the roles the person holds today.

    For a record, the model says by `is_in_scope(user, scope)` whether it is the person's own or
    the unit's.
    """

    def has_perm(self, user_obj, perm, obj=None):
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        scope = user_obj.scope_of(perm)
        if scope is None or obj is None:
            return scope is not None
        return scope == Scope.ALL or obj.is_in_scope(user_obj, scope)

    def has_module_perms(self, user_obj, app_label):
        return user_obj.is_active and user_obj.is_superuser

    def get_user(self, user_id):
        """A session opened by `force_login` names the first backend, this one."""
        return get_user_model()._default_manager.filter(pk=user_id, is_active=True).first()
