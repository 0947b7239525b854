"""NodeInfo 2.1: what a node tells about itself, and how its Application actor is found (FEP-2677).

We tell name, version and round counts, nothing about members. Of others it is read for display
only: what a peer can do is never derived from the name of its software (FEP-0151), but from what it
declares (FEP-844e).
"""

from typing import Any

import msgspec

from activitypub.parsing.fields import count, http_url, items, line, optional_flag

SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/"
APPLICATION = "https://www.w3.org/ns/activitystreams#Application"
SOFTWARE = "kith"
MAX_WORD = 100


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """Counts of a node, rounded by whoever makes them; what is not told is None."""

    users: int | None = None
    active_month: int | None = None
    active_half_year: int | None = None
    posts: int | None = None
    comments: int | None = None


class NodeInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What a peer tells about itself. For display and statistics only."""

    software: str
    version: str
    name: str | None = None
    open_registrations: bool | None = None
    usage: Usage = Usage()


class NodeInfoLinks(msgspec.Struct, frozen=True, kw_only=True):
    """Where the NodeInfo document is, and the node's Application actor if it has one."""

    nodeinfo: str | None = None
    application: str | None = None


def render_links(origin: str, application_actor: str) -> dict[str, object]:
    """`/.well-known/nodeinfo`. The document comes first, since Lemmy reads the first link only."""
    return {
        "links": [
            {"rel": SCHEMA + "2.1", "href": f"{origin}/nodeinfo/2.1"},
            {"rel": APPLICATION, "href": application_actor},
            {"rel": SCHEMA + "2.0", "href": f"{origin}/nodeinfo/2.0"},
        ]
    }


def content_type(edition: str) -> str:
    """The media type of one edition of the schema, "2.0" or "2.1"."""
    return f'application/json; profile="{SCHEMA}{edition}#"'


def render_nodeinfo(
    *,
    version: str,
    usage: Usage,
    open_registrations: bool,
    name: str,
    description: str = "",
    homepage: str | None = None,
    safety_contact: str = "",
    minimum_rules: str = "",
    edition: str = "2.1",
) -> dict[str, object]:
    """`/nodeinfo/2.1`, and 2.0 for programs that know no other: what we tell is the same."""
    software = {"name": SOFTWARE, "version": version}
    if homepage is not None:
        software["homepage"] = homepage
    users = {
        "total": usage.users,
        "activeMonth": usage.active_month,
        "activeHalfyear": usage.active_half_year,
    }
    totals: dict[str, object] = {"users": _told(users)}
    totals |= _told({"localPosts": usage.posts, "localComments": usage.comments})
    return {
        "version": edition,
        "software": software,
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": []},
        "openRegistrations": open_registrations,
        "usage": totals,
        "metadata": {"nodeName": name, "nodeDescription": description}
        | {"safetyContact": safety_contact, "minimumRules": minimum_rules},
    }


def _told(counts: dict[str, int | None]) -> dict[str, int]:
    return {key: number for key, number in counts.items() if number is not None}


def parse_links(document: dict[str, Any]) -> NodeInfoLinks:
    """Read `/.well-known/nodeinfo`; of several versions the newest. Unknown links are ignored."""
    versions: dict[str, str] = {}
    application: str | None = None
    for link in items(document.get("links")):
        href = http_url(link.get("href")) if isinstance(link, dict) else None
        rel = link.get("rel") if isinstance(link, dict) else None
        if href is None or not isinstance(rel, str):
            continue
        if rel.startswith(SCHEMA):
            versions.setdefault(rel.removeprefix(SCHEMA), href)
        elif rel == APPLICATION:
            application = application or href
    newest = max((key for key in versions if key in ("1.0", "1.1", "2.0", "2.1")), default=None)
    return NodeInfoLinks(
        nodeinfo=None if newest is None else versions[newest], application=application
    )


def parse_nodeinfo(document: dict[str, Any]) -> NodeInfo:
    """Read a NodeInfo document of any version. What cannot be read is "unknown" or None."""
    software = _object(document, "software")
    usage = _object(document, "usage")
    users = _object(usage, "users")
    return NodeInfo(
        software=line(software.get("name"), MAX_WORD) or "unknown",
        version=line(software.get("version"), MAX_WORD) or "unknown",
        name=line(_object(document, "metadata").get("nodeName"), MAX_WORD),
        open_registrations=optional_flag(document.get("openRegistrations")),
        usage=Usage(
            users=count(users.get("total")),
            active_month=count(users.get("activeMonth")),
            active_half_year=count(users.get("activeHalfyear")),
            posts=count(usage.get("localPosts")),
            comments=count(usage.get("localComments")),
        ),
    )


def _object(document: dict[str, Any], member: str) -> dict[str, Any]:
    value = document.get(member)
    return value if isinstance(value, dict) else {}
