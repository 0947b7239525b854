"""Whom we may call: pure decisions about URLs, addresses and ports (SSRF).

Two checks, and neither trusts the other. `AddressPolicy.check_url` reads a URL that came from
another node and refuses what no honest node sends, before anything is asked of DNS. What decides
is `may_connect`: the HTTP client asks it about the very address of each new socket, so a name that
resolves to a private address, the first time or the second, reaches nothing.

Addresses are judged by an allow-list of global unicast (IANA special-purpose registries, RFC 6890)
since Python's own `is_global` calls NAT64, 6to4, mapped and multicast addresses global.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import quote

from yarl import URL

from federation.errors import Blocked
from federation.limits import MAX_URL

Network = IPv4Network | IPv6Network

PUBLIC_PORTS: Final = frozenset({443, 8443})
"""Ports that we call on public addresses. All of it is https: plain http never leaves a test
network, so port 80 is not here; 8443 is where nodes behind a shared front door listen."""

V4_SPECIAL: Final = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this host; Linux connects it to loopback
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier NAT, and clouds' metadata
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local, and clouds' metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocols
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
V6_GLOBAL: Final = IPv6Network("2000::/3")
"""The only global unicast space in use. Mapped, NAT64, unique-local, link-local and multicast
addresses all lie outside it."""
V6_SPECIAL: Final = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
        "2620:4f:8000::/48",  # AS112
    )
)

_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*+)://"
    r"(?P<host>\[[0-9A-Fa-f:.]*+\]|[A-Za-z0-9.-]++)(?::(?P<port>[0-9]{1,5}))?+"
    r"(?P<path>/[^?#]*+)?+(?P<query>\?[^#]*+)?+(?:#.*+)?+",
    re.DOTALL,
)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_PRIVATE_SUFFIXES = (".internal", ".local", ".localdomain", ".lan", ".home.arpa", ".onion")
_DEFAULT_PORTS = {"https": 443, "http": 80}


def is_public(ip: str) -> bool:
    """Whether `ip` is a global unicast address; a malformed one is not."""
    address = _address(ip)
    return address is not None and _is_public(address)


def is_localhost(host: str) -> bool:
    """Whether `host` is `localhost` or below it: always loopback, never asked of DNS (RFC 6761)."""
    return host == "localhost" or host.endswith(".localhost")


def authority(host: str, port: int | None, scheme: str) -> str:
    """`host` in lower case, with `:port` unless it is the scheme's own (RFC 3986 section 6.2.3)."""
    bracketed = f"[{host}]" if ":" in host else host
    standard = port is None or port == _DEFAULT_PORTS.get(scheme)
    return bracketed.lower() if standard else f"{bracketed.lower()}:{port}"


class AddressPolicy:
    """What this node may call.

    `allowed_networks` are CIDR blocks of test networks: inside them any port and plain http are
    open. An operator of a public node leaves them empty. `own_authorities` (`host` or `host:port`)
    are this node's own names, which are answered from its database and never called (OUT-15).
    """

    def __init__(
        self, allowed_networks: Sequence[str] = (), own_authorities: Sequence[str] = ()
    ) -> None:
        self._test_networks = tuple(ip_network(block) for block in allowed_networks)
        self._own = frozenset(name.lower() for name in own_authorities)

    def may_connect(self, ip: str, port: int, *, secure: bool = True) -> bool:
        """Whether a socket may be opened to `ip` and `port`; `secure` says that TLS follows."""
        address = _address(ip)
        if address is None:
            return False
        if self._in_test_network(address):
            return 0 < port < 65536
        return secure and port in PUBLIC_PORTS and _is_public(address)

    def check_url(self, url: str) -> URL:
        """The URL to request, without fragment, exactly as written otherwise; or Blocked.

        Refuses all but https (http where test networks are open), user names, hosts that two
        parsers could read in two ways, our own authority, and more than MAX_URL characters.
        """
        if len(url) > MAX_URL:
            raise Blocked(f"URL of {len(url)} characters, at most {MAX_URL}", reason="url-length")
        parts = _URL.fullmatch(url)
        if parts is None or _FORBIDDEN.search(url):
            raise Blocked(f"not a plain http URL: {url[:200]!r}", reason="url")
        scheme, host = parts["scheme"].lower(), parts["host"].lower()
        port = int(parts["port"]) if parts["port"] else _DEFAULT_PORTS.get(scheme, 0)
        self._check_scheme(scheme)
        self._check_host(host, port, secure=scheme == "https")
        if self._is_own(host, port, scheme):
            raise Blocked(f"{url[:200]} is this node itself", reason="self")
        netloc = f"{host}:{parts['port']}" if parts["port"] else host
        target = (parts["path"] or "/") + (parts["query"] or "")
        return URL(f"{scheme}://{netloc}{_as_ascii(target)}", encoded=True)

    def _check_scheme(self, scheme: str) -> None:
        if scheme == "https" or (scheme == "http" and self._test_networks):
            return
        raise Blocked(f"scheme {scheme!r} is not called, only https", reason="scheme")

    def _check_host(self, host: str, port: int, *, secure: bool) -> None:
        if _is_literal(host):
            address = host.strip("[]")
            if _address(address) is None:
                raise Blocked(f"not a plain IP address: {host}", reason="host")
            if not self.may_connect(address, port, secure=secure):
                raise Blocked(f"address {host} port {port} is not public", reason="address")
            return
        labels = host.split(".")
        if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
            raise Blocked(f"not a host name: {host[:260]!r}", reason="host")
        if self._test_networks:
            return  # names of a lab may be short, and the address of each socket decides
        if len(labels) < 2 or is_localhost(host) or host.endswith(_PRIVATE_SUFFIXES):
            raise Blocked(f"{host} is not a public name", reason="host")
        if port not in PUBLIC_PORTS:
            raise Blocked(f"port {port} is not called", reason="port")

    def _is_own(self, host: str, port: int, scheme: str) -> bool:
        names = {authority(host.strip("[]"), port, scheme)}
        if port == _DEFAULT_PORTS.get(scheme):
            names.add(f"{host}:{port}")
        return not names.isdisjoint(self._own)

    def _in_test_network(self, address: IPv4Address | IPv6Address) -> bool:
        return _within(address, self._test_networks)


def _is_literal(host: str) -> bool:
    """Whether a URL parser reads `host` as an address: in brackets, or with a number at its end.

    The second half is the WHATWG rule "ends in a number": `127.1`, `0x7f000001` and `2130706433`
    are addresses to many resolvers.
    """
    last = host.removesuffix(".").rpartition(".")[2]
    return host.startswith("[") or last.isdigit() or last.startswith("0x")


@lru_cache(maxsize=4096)
def _address(ip: str) -> IPv4Address | IPv6Address | None:
    """The address that a socket would connect to; a zone id (`fe80::1%eth0`) does not change it."""
    try:
        return ip_address(ip.partition("%")[0])
    except ValueError:
        return None


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv4Address):
        return not _within(address, V4_SPECIAL)
    return address in V6_GLOBAL and not _within(address, V6_SPECIAL)


def _within(address: IPv4Address | IPv6Address, networks: Iterable[Network]) -> bool:
    return any(address.version == block.version and address in block for block in networks)


def _as_ascii(target: str) -> str:
    """Path and query with non-ASCII characters as percent-encoded UTF-8 (RFC 3987 section 3.1)."""
    if target.isascii():
        return target
    try:
        return quote(target, safe="".join(map(chr, range(0x21, 0x7F))))
    except UnicodeEncodeError as error:
        raise Blocked("the URL holds a lone surrogate", reason="url") from error
