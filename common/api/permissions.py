from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class HasScope(BasePermission):
    """The token holds the view's scope, and its account the view's permission.

    A view says `permission = "clients.view_client"` and `scope = "clients.read"`, or, where writing
    asks for another, `scope = {"GET": "clients.read", "POST": "clients.write"}`, and its permission
    alike. A view that names no scope is open to no token.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        method = request.method or ""
        scope, permission = asked(view, "scope", method), asked(view, "permission", method)
        held = getattr(request.auth, "scopes", ())
        return bool(scope and permission) and scope in held and request.user.has_perm(permission)


def asked(view: Any, name: str, method: str) -> str:
    """What a view asks for, of all methods or of this one."""
    value = getattr(view, name, "")
    if isinstance(value, str):
        return value
    found: str = value.get("GET" if method in {"HEAD", "OPTIONS"} else method, "")
    return found
