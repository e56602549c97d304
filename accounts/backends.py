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
