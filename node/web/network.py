"""From which network a request came, for counting tries: an IPv4 address or an IPv6 /64.

X-Forwarded-For is believed only as far as it was written by proxies that the operator trusts, or by
whoever holds our unix socket.
"""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp import web

from node.web.keys import CONFIG

Network = IPv4Network | IPv6Network


def network_of(request: web.Request) -> str:
    """The network of the person's own address, as far as we can know it."""
    forwarded = [
        part.strip()
        for line in request.headers.getall("X-Forwarded-For", ())
        for part in line.split(",")
    ]
    return person_network(request.remote or "", forwarded, request.app[CONFIG].trusted_proxies)


def person_network(remote: str, forwarded: Sequence[str], trusted: tuple[str, ...]) -> str:
    """`remote` is the peer of the connection, "" on a unix socket; `forwarded` grows rightwards."""
    address = remote
    for hop in reversed(forwarded):
        if address and not _is_trusted(address, trusted):
            break
        address = hop
    try:
        parsed = ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)


def _is_trusted(address: str, trusted: tuple[str, ...]) -> bool:
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return any(parsed in network for network in _networks(trusted))


@lru_cache(maxsize=8)
def _networks(trusted: tuple[str, ...]) -> tuple[Network, ...]:
    return tuple(ip_network(one) for one in trusted)
