"""Every page of the URLconf, found by asking for it: what answers GET with HTML is a page."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

# Whole branches that are not our pages.
NOT_OURS = {
    "admin": "Django's own admin",
    "rest_framework": "an interface for programs",
    "": "allauth's views; ours among them are named below",
}
OUR_ALLAUTH_PAGES = [
    "account_login",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
]


@dataclass(frozen=True)
class Route:
    name: str
    parameters: tuple[str, ...]

    @property
    def app(self):
        return self.name.partition(":")[0] if ":" in self.name else "accounts"


def all_routes():
    """Every named route of ours, in the order of the URLconf."""
    ours = [*_named(get_resolver().url_patterns, "")]
    return [*ours, *(Route(name, ()) for name in OUR_ALLAUTH_PAGES)]


def _named(patterns, namespace):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, [namespace, pattern.namespace]))
            if inner.partition(":")[0] not in NOT_OURS and "api" not in inner:
                yield from _named(pattern.url_patterns, inner)
        elif pattern.name and namespace:
            yield Route(f"{namespace}:{pattern.name}", tuple(pattern.pattern.converters))


def address(route, scene):
    """The route's address for the objects of the scene, or None when the scene has none for it."""
    try:
        return reverse(route.name, kwargs=scene.arguments(route) if scene else {})
    except (NoReverseMatch, LookupError):
        return None


def pages(client, routes, scene):
    """Routes and addresses that answer this signed-in client with an HTML page."""
    for route in routes:
        where = address(route, scene)
        if where is None:
            continue
        answer = client.get(where)
        is_html = answer.headers.get("Content-Type", "").startswith("text/html")
        is_page = answer.status_code == 200 and is_html and b"<html" in b"".join(answer)[:2000]
        answer.close()  # of a file
        if is_page:
            yield route, where
