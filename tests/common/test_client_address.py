"""Whom a request comes from: the peer, unless a proxy of ours tells of somebody else."""

from ipaddress import ip_network

import pytest
from django.http import HttpResponse

from common.client_address import client_address
from common.middleware import ClientAddressMiddleware

PROXY, OUTER, STRANGER, FORGED = "172.31.57.10", "198.51.100.7", "203.0.113.5", "192.0.2.1"


@pytest.fixture(autouse=True)
def _proxies(settings):
    settings.TRUSTED_PROXIES = [
        ip_network(proxy) for proxy in (PROXY, "198.51.100.0/24", "2001:db8::/64")
    ]


@pytest.mark.parametrize(
    ("peer", "forwarded", "found"),
    [
        (STRANGER, "", STRANGER),
        (STRANGER, FORGED, STRANGER),
        (STRANGER, f"{FORGED}, {PROXY}", STRANGER),
        (PROXY, STRANGER, STRANGER),
        (PROXY, f"{FORGED}, {STRANGER}", STRANGER),
        (PROXY, f"{FORGED}, {STRANGER}, {OUTER}", STRANGER),
        (f"::ffff:{PROXY}", STRANGER, STRANGER),
        ("2001:db8::1", "2001:db8:1::9", "2001:db8:1::9"),
        (PROXY, "", PROXY),
        (PROXY, "unknown", PROXY),
        (PROXY, f"{STRANGER}, unknown", PROXY),
        ("", STRANGER, ""),
    ],
)
def test_forwarded_address_counts_only_from_proxies_of_ours(peer, forwarded, found):
    assert client_address({"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}) == found


def test_without_proxies_no_header_changes_the_address(settings):
    settings.TRUSTED_PROXIES = []

    assert client_address({"REMOTE_ADDR": PROXY, "HTTP_X_FORWARDED_FOR": STRANGER}) == PROXY


def test_middleware_puts_the_address_where_everything_looks(rf):
    seen = []
    middleware = ClientAddressMiddleware(
        lambda request: seen.append(request.META["REMOTE_ADDR"]) or HttpResponse()
    )

    middleware(rf.get("/", REMOTE_ADDR=PROXY, headers={"X-Forwarded-For": STRANGER}))

    assert seen == [STRANGER]
