"""Every URL names the permission it asks for, or stands below with the reason why it asks for none.

A page names it by `@requires("app.verb_noun")`; an API view by `permission = "app.verb_noun"` on
its class (or on the function), or by method. The permission must be one that some role in accounts/roles.py holds.
"""

from django.urls import URLResolver, get_resolver

from accounts.roles import PERMISSIONS_OF

# Route -> why it asks for no permission. A route is written as Django prints the pattern.
OPEN_TO_ALL: dict[str, str] = {
    "language/": "workspace: the language is chosen before signing in, too",
    "theme/": "workspace: so is the theme",
    "robots.txt": "workspace: for search engines, which do not sign in",
    "clients/confirm/<str:token>/": "clients: whoever holds the link in our mail",
    "wall/<str:token>/": "workspace: a display on the wall, by the link that a coordinator issued",
    "inquiries/unit/<str:token>/": "inquiries: the head of a unit, by the link in our mail",
    "inquiries/unit/<str:token>/files/<int:pk>/": "inquiries: the same, files of that letter",
    "documents/sign/<str:token>/": "documents: a signatory, by the link in our mail",
    "documents/sign/<str:token>/<str:language>/": "documents: the same in a language",
    "documents/sign/<str:token>/container/": "documents: the same, the container to sign",
    "documents/sign/<str:token>/papers/<int:pk>/": "documents: the same, papers in it",
    "tickets/link/<str:token>/<str:language>/": "tickets: somebody of tier II, by the link in our mail",
    "tickets/link/<str:token>/files/<int:pk>/": "tickets: the same, files of what was said",
    "ask/": "inquiries: anybody may write to the agency",
    "ask/<str:language>/": "inquiries: the same in a language",
    "ask/sent/<uuid:key>/": "inquiries: whoever has just written; shows a masked address",
    "ask/confirm/<str:token>/": "inquiries: whoever holds the link in our mail",
    "ask/opinion/<str:token>/": "inquiries: whoever holds the link in our mail",
    "ask/opinion/<str:token>/<int:score>/": "inquiries: whoever holds the link in our mail",
    "ask/opinion/<str:token>/stop/": "inquiries: whoever holds the link in our mail",
    "favicon.ico": "workspace: browsers ask for it without a session",
    "health/live": "common: asked by the orchestrator; says only that the process answers",
    "health/ready": "common: the same; names parts that are not ready, no data",
    "metrics": "common: figures only, and only for the configured token or the machine itself",
    "api/v1/schema/": "common: what the API offers, no data",
    "api/v1/cti/<str:token>": "inquiries: a telephone exchange, by the token in its address",
    "tickets/jira/<slug:code>/": "tickets: a Jira in the cloud, by its signature",
    "tickets/jira/<slug:code>/<str:token>/": "tickets: a Jira in the house, by the secret in its address",
    # accounts: signing in and what one may always do to one's own account
}

# Whole branches that guard themselves in their own way, each held by a test of its own.
GUARDED_ELSEWHERE: dict[str, str] = {
    "admin/": "Django's admin lets in staff only and asks each model's permission: test_admin.py",
    "accounts/": "django-allauth: signing in, and one's own password and codes: test_signing_in.py",
}


def pages(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, route)
        elif not route.startswith(tuple(GUARDED_ELSEWHERE)):
            yield route, pattern.callback


def permissions_of(view):
    named = getattr(view, "permission", None) or getattr(
        getattr(view, "cls", None), "permission", None
    )
    return list(named.values()) if isinstance(named, dict) else [named] if named else []


def test_every_page_names_its_permission():
    found = dict(pages(get_resolver().url_patterns))

    unguarded = {route for route, view in found.items() if not permissions_of(view)}

    assert unguarded - set(OPEN_TO_ALL) == set(), "add @requires, or a line with the reason above"
    assert set(OPEN_TO_ALL) - unguarded == set(), "these lines above are no longer needed"


def test_every_permission_that_a_page_names_is_held_by_some_role():
    held = {name for permissions in PERMISSIONS_OF.values() for name in permissions}
    asked = {
        name: route
        for route, view in pages(get_resolver().url_patterns)
        for name in permissions_of(view)
    }

    assert {name: route for name, route in asked.items() if name not in held} == {}
