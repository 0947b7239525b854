"""Redirects, one hop at a time, each as suspicious as a URL read from a peer's document.

The HTTP library follows none. The client asks here where to go next, signs anew for that URL and
sends nothing of the last request along: no cookie, no signature, no authorization.
"""

from collections.abc import Mapping
from typing import Final

from yarl import URL

from federation.addresses import AddressPolicy
from federation.errors import BadResponse, Blocked
from federation.limits import MAX_URL

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
"""Statuses that send a GET elsewhere (RFC 9110 section 15.4)."""


def next_hop(current: URL, status: int, headers: Mapping[str, str], policy: AddressPolicy) -> URL:
    """The URL that an answer with one of REDIRECTS points to, checked by `policy`.

    Raises BadResponse without a usable Location, Blocked where the policy refuses it and for a
    step down from https to http.
    """
    location = headers.get("Location", "")
    if not location or len(location) > MAX_URL:
        what = "no Location" if not location else f"a Location of {len(location)} characters"
        raise BadResponse(f"redirect with {what}", reason="redirect", status=status)
    try:
        joined = current.join(URL(location, encoded=True))
    except ValueError as error:
        raise Blocked(f"redirect to {location[:200]!r}: {error}", reason="url") from error
    if current.scheme == "https" and joined.scheme == "http":
        raise Blocked(f"redirect from https to {location[:200]!r}", reason="downgrade")
    return policy.check_url(str(joined))
