"""What Lemmy and PieFed say, in their shapes (group-federation b2 to b13): no `@context` inside,
the group in `audience`, votes without an address. Each function builds one document on its actor's
server; nothing is sent or served.
"""

from typing import Any

from tests.figures import PUBLIC, Document, Figure


def follow(figure: Figure, group: str) -> Document:
    """b2: ask to join."""
    uri = figure.home.uri("activities/follow")
    return {"actor": figure.uri, "to": [group], "object": group, "type": "Follow", "id": uri}


def accept(group: Figure, asked: Document, kind: str = "Accept") -> Document:
    """b2: the group's answer with the Follow inside; `kind` may be Reject."""
    inner = {name: value for name, value in asked.items() if name not in ("@context", "proof")}
    uri = group.home.uri("activities/accept")
    return {"actor": group.uri, "to": [asked["actor"]], "object": inner, "type": kind, "id": uri}


def page(author: Figure, group: str, title: str = "A long year", **more: Any) -> Document:
    """b3: a thread."""
    uri = author.home.uri("post")
    return {
        "type": "Page",
        "id": uri,
        "attributedTo": author.uri,
        "to": [group, PUBLIC],
        "audience": group,
        "name": title,
        "content": "<p>It has been a year.</p>\n",
        "mediaType": "text/html",
        "source": {"content": "It has been a year.", "mediaType": "text/markdown"},
        "attachment": [],
        "sensitive": False,
        "language": {"identifier": "en", "name": "English"},
        "published": "2026-11-23T11:30:00.000000Z",
    } | more


def comment(author: Figure, group: str, parent: str, answered: str, **more: Any) -> Document:
    """b5: a reply to the post `parent` of the actor `answered`."""
    uri = author.home.uri("comment")
    name = answered.rpartition("/")[2]
    return {
        "type": "Note",
        "id": uri,
        "attributedTo": author.uri,
        "to": [PUBLIC],
        "cc": [group, answered],
        "audience": group,
        "content": "<p>With you.</p>\n",
        "mediaType": "text/html",
        "source": {"content": "With you.", "mediaType": "text/markdown"},
        "inReplyTo": parent,
        "tag": [{"href": answered, "type": "Mention", "name": f"@{name}@somewhere"}],
        "distinguished": False,
        "language": {"identifier": "en", "name": "English"},
        "published": "2026-11-23T11:40:00.000000Z",
    } | more


def create(author: Figure, post: Document, kind: str = "Create") -> Document:
    """b3, b5, b7: the activity round a post; `kind` may be Update."""
    return {
        "actor": author.uri,
        "to": [PUBLIC],
        "object": post,
        "cc": post.get("cc", [post["audience"]]),
        "audience": post["audience"],
        "type": kind,
        "id": author.home.uri(f"activities/{kind.lower()}"),
    }


def like(figure: Figure, post: str, group: str, kind: str = "Like", **more: Any) -> Document:
    """b6: a vote. It has no `to` and no `cc`."""
    uri = figure.home.uri("activities/like")
    return {"actor": figure.uri, "object": post, "audience": group, "type": kind, "id": uri} | more


def undo(figure: Figure, inner: Document | str, **more: Any) -> Document:
    """b2, b6, b9, b10: the inner activity whole, with its own address."""
    uri = figure.home.uri("activities/undo")
    around = {}
    if isinstance(inner, dict):
        around = {name: inner[name] for name in ("to", "cc", "audience") if name in inner}
    return {"actor": figure.uri, "object": inner, "type": "Undo", "id": uri} | around | more


def act(figure: Figure, kind: str, thing: str, group: str, **more: Any) -> Document:
    """b8 to b11: Delete (with `summary` a removal), Lock, Add and Remove (with `target`)."""
    return {
        "actor": figure.uri,
        "to": [PUBLIC],
        "object": thing,
        "cc": [group],
        "audience": group,
        "type": kind,
        "id": figure.home.uri(f"activities/{kind.lower()}"),
    } | more


def announce(group: Figure, item: Any) -> Document:
    """b4: the group hands something on."""
    return {
        "actor": group.uri,
        "to": [PUBLIC],
        "object": item,
        "cc": [f"{group.uri}/followers"],
        "type": "Announce",
        "id": group.home.uri("activities/announce"),
    }
