from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied

from accounts.permissions import may


class RoleBackend(BaseBackend):
    """Answers `user.has_perm(name, obj)` from the roles the person holds today."""

    def has_perm(self, user_obj, perm, obj=None):
        if may(user_obj, perm, obj):
            return True
        raise PermissionDenied  # so that no other backend is asked

    def get_user(self, user_id):
        """A session opened by `force_login` names the first backend, this one."""
        return get_user_model()._default_manager.filter(pk=user_id, is_active=True).first()
