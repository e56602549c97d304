"""From which address a request comes, as far as that can be known.

Behind a proxy every request comes from the proxy; limits by address would count the whole world as
one. A proxy writes at the end of X-Forwarded-For by whom it was called. So that header is read from
its end, and only as long as proxies of ours wrote it: what stands before is anybody's word.
"""

import ipaddress
from collections.abc import Mapping

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_address(meta: Mapping[str, str]) -> str:
    """Return the peer's address or, where the peer is a proxy of ours, whom it was called by."""
    peer = meta.get("REMOTE_ADDR", "")
    address = _address(peer)
    if address is None:
        return peer
    for told in reversed(meta.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        before = _address(told) if _is_our_proxy(address) else None
        if before is None:
            break
        address = before
    return str(address)


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_our_proxy(address: Address) -> bool:
    return any(address in proxy for proxy in settings.TRUSTED_PROXIES)
