"""WebFinger (RFC 7033): from `@name@host` or `!group@host` to an actor, and back.

The server side reads a query string and says what is asked for, or refuses with the status that the
RFC fixes; the caller looks the name up in its own tables and never asks another host. The client
side reads the document that another host answered.
"""

from typing import Any
from urllib.parse import unquote

import msgspec

from activitypub.addressing import authority
from activitypub.errors import WireError
from activitypub.parsing.fields import http_url, items
from activitypub.parsing.names import is_safe_username

MEDIA_TYPE = "application/jrd+json"
ACTIVITY_JSON = "application/activity+json"
TYPE_PROPERTY = "https://www.w3.org/ns/activitystreams#type"
PROFILE_PAGE = "http://webfinger.net/rel/profile-page"
SUBSCRIBE = "http://ostatus.org/schema/1.0/subscribe"
MAX_RESOURCE = 2048


class Handle(msgspec.Struct, frozen=True):
    """A name at a host. `wants_group` when it was written with an exclamation mark (`!name@host`).

    The name keeps its case; names are compared without it.
    """

    name: str
    authority: str
    wants_group: bool = False

    @classmethod
    def parse(cls, text: str) -> "Handle":
        """Read `!group@host`, `@name@host`, `name@host` or `acct:name@host`.

        Raises WireError "bad-handle".
        """
        wants_group = text.startswith("!")
        plain = text[1:] if text[:1] in ("!", "@") else text.removeprefix("acct:")
        name, at, host = plain.rpartition("@")
        if not at or len(text) > MAX_RESOURCE or not is_safe_username(name):
            raise WireError("bad-handle", "expected a handle such as @name@host or !group@host")
        if set("/?#[]") & set(host):
            raise WireError("bad-handle", "the host of a handle is not valid")
        try:
            return cls(name, authority(f"https://{host}"), wants_group)
        except WireError as error:
            raise WireError("bad-handle", "the host of a handle is not valid") from error

    @property
    def acct(self) -> str:
        """The `acct:` URI (RFC 7565)."""
        return f"acct:{self.name}@{self.authority}"

    def __str__(self) -> str:
        return f"{'!' if self.wants_group else '@'}{self.name}@{self.authority}"


class WebFingerRefusal(WireError):
    """A query that is answered with `status`: 400 malformed, 404 not here (RFC 7033, 4.2)."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(reason, message)
        self.status = status


class WebFingerQuery(msgspec.Struct, frozen=True):
    """What is asked for: a handle here or an actor's URL here, and which links (all if empty)."""

    resource: Handle | str
    rels: tuple[str, ...] = ()


def parse_query(query: str, own_authority: str) -> WebFingerQuery:
    """Read the raw query string, percent-decoded once. Raises WebFingerRefusal."""
    resources: list[str] = []
    rels: list[str] = []
    for part in query.split("&")[:100]:
        name, _, value = part.partition("=")
        if name in ("resource", "rel"):
            (resources if name == "resource" else rels).append(_decoded(value))
    if len(resources) != 1:
        raise WebFingerRefusal(400, "bad-resource", "expected exactly one resource parameter")
    return WebFingerQuery(parse_resource(resources[0], own_authority), tuple(rels))


def _decoded(value: str) -> str:
    try:
        return unquote(value, errors="strict")
    except UnicodeDecodeError as error:
        raise WebFingerRefusal(400, "bad-resource", "the query is not UTF-8") from error


def parse_resource(text: str, own_authority: str) -> Handle | str:
    """The handle or actor URL that a decoded `resource` names on this node.

    Raises WebFingerRefusal: 400 for what is no resource, 404 for what is elsewhere or unknown.
    """
    if not 0 < len(text) <= MAX_RESOURCE or not text.isprintable():
        raise WebFingerRefusal(400, "bad-resource", "expected a resource such as acct:name@host")
    scheme, colon, rest = text.partition(":")
    if colon and scheme.lower() in ("http", "https"):
        return _own_url(text, own_authority)
    if "@" not in text and colon and rest:
        raise WebFingerRefusal(404, "unknown-resource", "there is no such resource here")
    try:
        handle = Handle.parse(rest if scheme.lower() == "acct" else text)
    except WireError as error:
        raise WebFingerRefusal(400, "bad-resource", str(error)) from error
    if text.startswith(("@", "!")) or rest.startswith(("@", "!")):
        raise WebFingerRefusal(400, "bad-resource", "expected acct:name@host without a mark")
    if handle.authority != own_authority.lower():
        raise WebFingerRefusal(404, "unknown-resource", "there is no such resource here")
    return handle


def _own_url(text: str, own_authority: str) -> str:
    try:
        here = authority(text) == own_authority.lower()
    except WireError as error:
        raise WebFingerRefusal(400, "bad-resource", str(error)) from error
    if not here:
        raise WebFingerRefusal(404, "unknown-resource", "there is no such resource here")
    return text


def render_jrd(
    handle: Handle,
    actor_id: str,
    page_url: str,
    *,
    actor_type: str = "Person",
    subscribe_template: str | None = None,
    rels: tuple[str, ...] = (),
) -> dict[str, object]:
    """The answer for an actor. `rels` keeps only those links; all else stays (RFC 7033, 4.3).

    The type stands in the link's properties, so that Lemmy finds the group behind a name.
    """
    links: list[dict[str, object]] = [
        {
            "rel": "self",
            "type": ACTIVITY_JSON,
            "href": actor_id,
            "properties": {TYPE_PROPERTY: actor_type},
        },
        {"rel": PROFILE_PAGE, "type": "text/html", "href": page_url},
    ]
    if subscribe_template is not None:
        links.append({"rel": SUBSCRIBE, "template": subscribe_template})
    return {
        "subject": handle.acct,
        "aliases": list(dict.fromkeys((actor_id, page_url))),
        "links": [link for link in links if not rels or link["rel"] in rels],
    }


class SubjectElsewhere(WireError):
    """The answer names a subject at another host: ask that host, and require the same actor.

    `subject` is what to look up there; `actor_id` is what it must answer.
    """

    def __init__(self, subject: Handle, actor_id: str) -> None:
        super().__init__("subject-elsewhere", "the name belongs to another host")
        self.subject = subject
        self.actor_id = actor_id


def parse_jrd(document: dict[str, Any], handle: Handle) -> str:
    """The id of the actor that another host answered for `handle`.

    Raises WireError "no-actor-link" if there is no ActivityPub `self` link, "bad-subject" for a
    subject that names nothing, and SubjectElsewhere if a second look-up is due.
    """
    actor_id = _chosen_link(document, handle.wants_group)
    subject = document.get("subject")
    if subject is None:
        return actor_id
    named = _subject(subject)
    if named is None:
        raise WireError("bad-subject", "the subject of the answer names nothing")
    if isinstance(named, Handle) and named.authority != handle.authority:
        raise SubjectElsewhere(Handle(named.name, named.authority, handle.wants_group), actor_id)
    if isinstance(named, str) and authority(named) != handle.authority:
        raise WireError("bad-subject", "the subject of the answer is at another host")
    return actor_id


def _subject(subject: object) -> Handle | str | None:
    if not isinstance(subject, str):
        return None
    if subject.startswith("acct:"):
        try:
            return Handle.parse(subject)
        except WireError:
            return None
    return http_url(subject)


def _chosen_link(document: dict[str, Any], wants_group: bool) -> str:
    """The actor's link. With several, the one whose type fits; a group stands last (rule 8)."""
    found: dict[str, bool | None] = {}
    for link in items(document.get("links")):
        href = http_url(link.get("href")) if isinstance(link, dict) else None
        if href is None or link.get("rel") != "self" or not _is_activitypub(link.get("type")):
            continue
        properties = link.get("properties")
        kind = properties.get(TYPE_PROPERTY) if isinstance(properties, dict) else None
        found[href] = None if kind is None else kind == "Group"
    if not found:
        raise WireError("no-actor-link", "the host knows the name but offers no actor")
    fitting = [href for href, is_group in found.items() if is_group is wants_group]
    ordered = fitting or [href for href, is_group in found.items() if is_group is None]
    ordered = ordered or list(found)
    return ordered[-1] if wants_group else ordered[0]


def _is_activitypub(media_type: object) -> bool:
    if not isinstance(media_type, str):
        return False
    kind, _, parameters = media_type.strip().lower().partition(";")
    kind = kind.strip()
    if kind == ACTIVITY_JSON:
        return True
    return kind == "application/ld+json" and "https://www.w3.org/ns/activitystreams" in parameters
