"""Who an activity is for, which group it is meant for, and whose house a URL belongs to.

Addressing on the wire is a claim of the sender. These functions only read it; what a reader may
see is decided by the rooms of `node/`, and whom to believe by `federation/verify.py` (FEP-fe34).
"""

import re
from collections.abc import Collection
from functools import lru_cache

from activitypub.errors import WireError
from activitypub.vocabulary import PUBLIC, Activity, Announce, Create, Post, Update

DEFAULT_PORTS = {"http": "80", "https": "443"}

# Control characters, spaces, quotes, angle brackets, backslashes, and the invisible characters that
# reorder or hide text: none of them belongs in a URL, and readers of URLs disagree about each.
_NEVER_IN_A_URL = (
    '\\x00-\\x20\\x7f-\\xa0\\xad\\\\"<>'
    "\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ufff0-\ufffb\ud800-\udfff"
)
_URL = re.compile(
    r"(?P<scheme>[Hh][Tt][Tt][Pp][Ss]?)://"
    r"(?P<host>\[[0-9A-Fa-f:.]{2,45}\]|[\w.~-]{1,253})"
    r"(?::(?P<port>[0-9]{1,5}))?"
    rf"(?:[/?#][^{_NEVER_IN_A_URL}]*)?"
)
_HOST = re.compile(r"\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9._~-]*[a-z0-9_])?")
MAX_URL = 2048


@lru_cache(maxsize=1024)
def _origin(url: str) -> tuple[str, str]:
    found = _URL.fullmatch(url) if len(url) <= MAX_URL else None
    if found is None:
        raise WireError("bad-url", "expected an absolute http or https URL")
    scheme, host, port = found["scheme"].lower(), found["host"], found["port"]
    try:
        host = (host if host.isascii() else host.encode("idna").decode("ascii")).lower()
    except UnicodeError as error:
        raise WireError("bad-url", "the host name of a URL is not valid") from error
    if not _HOST.fullmatch(host) or ".." in host or (port and not 0 < int(port) < 65536):
        raise WireError("bad-url", "the host name or port of a URL is not valid")
    if port is None or port.lstrip("0") == DEFAULT_PORTS[scheme]:
        return scheme, host
    return scheme, f"{host}:{int(port)}"


def authority(url: str) -> str:
    """The `host` or `host:port` of an http(s) URL, lower-case, without the scheme's default port.

    Raises WireError for anything else, and for URLs with user names, spaces, control characters or
    backslashes, which different programs read as different hosts.
    """
    return _origin(url)[1]


def same_origin(a: str, b: str) -> bool:
    """Whether two http(s) URLs have one scheme, host and port (FEP-fe34). Else False."""
    try:
        return _origin(a) == _origin(b)
    except WireError:
        return False


def recipients(thing: Post | Activity) -> tuple[str, ...]:
    """All of `to`, `cc` and `audience` in order, once each, without the public address."""
    named = dict.fromkeys((*thing.to, *thing.cc, *thing.audience))
    named.pop(PUBLIC, None)
    return tuple(named)


def _parts(thing: Post | Activity) -> tuple[Post | Activity, ...]:
    """The activity and the post inside it: both carry an address, and both must allow a reader."""
    if isinstance(thing, Create | Update) and isinstance(thing.object, Post):
        return thing, thing.object
    return (thing,)


def is_public(thing: Post | Activity) -> bool:
    """Whether it is addressed to everyone, in `to` or `cc`.

    A post in an activity counts too: if it says whom it is for, it must say Public as well.
    """
    addressed = [part for part in _parts(thing) if part.to or part.cc]
    return bool(addressed) and all(PUBLIC in (*part.to, *part.cc) for part in addressed)


def is_personal(activity: Post | Activity, followers: Collection[str] = ()) -> bool:
    """Whether it is for named people only: not public, and not for a followers collection.

    `followers` are the followers collections that the caller knows. A private message answers True;
    a vote without any address (Lemmy, b6) answers False.
    """
    for part in _parts(activity):
        named = (*part.to, *part.cc)
        if named and PUBLIC not in named and not any(one in followers for one in named):
            return True
    return False


def groups_named(post: Post, activity: Activity | None = None) -> tuple[str, ...]:
    """Ids that may be the group a post is for, best first: audience, then to and cc, then mentions.

    The caller takes the first that is a group it knows (the first group mentioned wins, b15).
    """
    named: dict[str, None] = dict.fromkeys(post.audience)
    if activity is not None:
        named.update(dict.fromkeys(activity.audience))
    named.update(dict.fromkeys((*post.to, *post.cc)))
    if activity is not None:
        named.update(dict.fromkeys((*activity.to, *activity.cc)))
    named.update(dict.fromkeys(tag.href for tag in post.tags if tag.type == "Mention" and tag.href))
    named.pop(PUBLIC, None)
    return tuple(named)


def announced_posts(announce: Announce) -> tuple[Post, ...]:
    """The bare posts of an Announce: the twin that microblogs read (b4, rule 9)."""
    return tuple(one for one in announce.objects if isinstance(one, Post))
