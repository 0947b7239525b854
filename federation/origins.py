"""Origin rules as pure decisions: what may a document at one URL say about which ids (FEP-fe34).

Most critical bugs of federated servers were here: content believed because it was well signed or
well formed, though it came from a host that has no say about it.
"""

from email.message import Message
from typing import Final

from activitypub.addressing import authority
from activitypub.errors import WireError
from federation.addresses import is_localhost

ACCEPT: Final = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
"""The Accept header of our fetches (ActivityPub section 3.2)."""
_PROFILE: Final = "https://www.w3.org/ns/activitystreams"


def is_activity_json(content_type: str) -> bool:
    """Whether a Content-Type is ActivityStreams: its own type, or ld+json with its profile.

    Anything else may be a file that a visitor uploaded to an honest host (ORG-02).
    """
    message = Message()
    message["Content-Type"] = content_type.replace("\r", " ").replace("\n", " ")[:500]
    match message.get_content_type() if content_type else "":
        case "application/activity+json":
            return True
        case "application/ld+json":
            return _PROFILE in str(message.get_param("profile", "")).split()
        case _:
            return False


def same_authority(first: str, *others: str) -> bool:
    """Whether all URLs live at one host and port. False if any is not an http(s) URL."""
    try:
        home = authority(first)
        return all(authority(other) == home for other in others)
    except WireError:
        return False


def authority_or_none(url: str) -> str | None:
    """The host and port of a URL, or None if it is not an http(s) URL."""
    try:
        return authority(url)
    except WireError:
        return None


def without_fragment(url: str) -> str:
    """What is really asked of a server when `url` is fetched."""
    return url.partition("#")[0]


def scheme_of(authority: str) -> str:
    """How to call a host that is named without a scheme: https, and http on this very machine."""
    host = authority.rpartition(":")[0] if authority[-1:].isdigit() else authority
    host = (host or authority).strip("[]")
    return "http" if is_localhost(host) or host == "::1" or host.startswith("127.") else "https"
