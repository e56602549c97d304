from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request


class HasScope(BasePermission):
    """The token holds the view's scope, and its account the view's permission.

    A view says `permission = "clients.view_client"` and `scope = "clients.read"`, or, where writing
    asks for more, `scope = {"GET": "clients.read", "POST": "clients.write"}`. A view that names no
    scope is open to no token.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        scope = scope_of(view, request.method or "")
        held = getattr(request.auth, "scopes", ())
        return bool(scope) and scope in held and request.user.has_perm(view.permission)


def scope_of(view: Any, method: str) -> str:
    scope = getattr(view, "scope", "")
    if isinstance(scope, str):
        return scope
    found: str = scope.get("GET" if method in {"HEAD", "OPTIONS"} else method, "")
    return found
