import pytest
from django.urls import URLResolver, get_resolver
from django.utils import translation

from accounts.refused_pages import PLACES, refused_in_words

NO_PAGES = {"favicon.ico", "robots.txt", "metrics"}
OF_MACHINES = ("health/", "language/", "presence/", "theme/", "wall/", "static/", "media/")


def routes(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("GET settings/tokens/", "vaadata: API võtmed"),
        ("POST settings/tokens/<int:pk>/revoke/", "teha midagi lehel: API võtmed"),
        ("GET inquiries/<int:pk>/", "vaadata: pöördumised"),
        ("GET ", "vaadata: minu päev"),
        ("GET nowhere/", "GET nowhere/"),
    ],
)
def test_refused_request_is_said_as_a_person_says_it(reason, words):
    with translation.override("et"):
        assert refused_in_words(reason) == words


def test_every_page_has_its_place_in_words():
    found = set(routes(get_resolver().url_patterns)) - NO_PAGES

    unsaid = {
        route
        for route in found
        if route
        and not route.startswith(OF_MACHINES)
        and not any(place and route.startswith(place) for place in PLACES)
    }
    assert unsaid == set()
