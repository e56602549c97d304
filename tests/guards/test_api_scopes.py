"""The scopes that API views ask for are those that a token can be issued for, and no others."""

from django.urls import get_resolver

from accounts.api_scopes import SCOPES
from accounts.roles import PERMISSIONS_OF
from tests.guards.test_every_page_is_guarded import pages


def asked_scopes():
    for route, view in pages(get_resolver().url_patterns):
        if route.startswith("api/"):
            scope = getattr(getattr(view, "cls", None), "scope", "")
            yield from [scope] if isinstance(scope, str) else scope.values()


def test_every_scope_that_is_asked_for_can_be_given_and_the_other_way_round():
    assert set(asked_scopes()) - {""} == set(SCOPES)


def test_each_scope_stands_on_a_permission_that_some_role_has():
    known = {name for permissions in PERMISSIONS_OF.values() for name in permissions}
    assert {permission for _words, permission in SCOPES.values()} <= known
