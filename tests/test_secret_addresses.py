"""Addresses that hold a key: the web server's log names them without it."""

import re
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

CONFIGURATION = Path(__file__).parents[1] / "docker" / "nginx.conf"


def routes(patterns, before=""):
    for one in patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        elif isinstance(one, URLPattern):
            yield route


def test_no_key_in_an_address_comes_into_the_web_server_s_log():
    hidden = re.search(r"~(\^\(\?<beginning>\S+\))", CONFIGURATION.read_text(encoding="utf-8"))[1]
    pattern = re.compile(hidden.replace("?<", "?P<"))
    secret = [route for route in routes(get_resolver().url_patterns) if "<str:token>" in route]

    assert "documents/sign/<str:token>/" in secret
    shown = [
        route
        for route in secret
        if not (found := pattern.match(f"/{route}")) or "<str:token>" in found["beginning"]
    ]
    assert shown == []
