"""What Mastodon says, in its shapes: a Note with mentions as links, followers in `cc`, a
`contentMap`, a content warning in `summary`, ids that are URLs with fragments. Nothing is sent or
served.
"""

from typing import Any

from tests.figures import PUBLIC, Document, Figure
from tests.stranger import Stranger

CONTEXT = [
    "https://www.w3.org/ns/activitystreams",
    {
        "ostatus": "http://ostatus.org#",
        "atomUri": "ostatus:atomUri",
        "inReplyToAtomUri": "ostatus:inReplyToAtomUri",
        "conversation": "ostatus:conversation",
        "sensitive": "as:sensitive",
    },
]


def person(home: Stranger, handle: str) -> Figure:
    """An account: followers, a page of its own, an RSA key and no other."""
    return home.person(
        handle,
        followers=f"{home.origin}/u/{handle}/followers",
        url=f"{home.origin}/@{handle}",
        discoverable=True,
        assertionMethod=None,
    )


def mention(uri: str, name: str) -> str:
    """A mention as Mastodon writes it into the text."""
    return (
        f'<span class="h-card" translate="no"><a href="{uri}" class="u-url mention">'
        f"@<span>{name}</span></a></span>"
    )


def note(
    author: Figure,
    content: str,
    mentioned: list[str],
    parent: str | None = None,
    **more: Any,
) -> Document:
    """A public status. `mentioned` are URIs of actors, who stand in `cc` and in the tags."""
    uri = author.home.uri(f"u/{author.document['preferredUsername']}/statuses")
    return {
        "id": uri,
        "type": "Note",
        "summary": None,
        "inReplyTo": parent,
        "published": "2026-11-23T11:50:00Z",
        "url": f"{author.home.origin}/@{author.document['preferredUsername']}/{uri[-1]}",
        "attributedTo": author.uri,
        "to": [PUBLIC],
        "cc": [author.document["followers"], *mentioned],
        "sensitive": False,
        "atomUri": uri,
        "inReplyToAtomUri": parent,
        "conversation": f"tag:{author.home.authority},2026:objectId=1:objectType=Conversation",
        "content": content,
        "contentMap": {"de": content},
        "attachment": [],
        "tag": [
            {"type": "Mention", "href": one, "name": f"@{one.rpartition('/')[2]}@host.example"}
            for one in mentioned
        ],
        "replies": {
            "id": f"{uri}/replies",
            "type": "Collection",
            "first": {
                "type": "CollectionPage",
                "next": f"{uri}/replies?page=true",
                "partOf": f"{uri}/replies",
                "items": [],
            },
        },
    } | more


def create(author: Figure, status: Document) -> Document:
    """The Create of a status."""
    return {
        "@context": CONTEXT,
        "id": f"{status['id']}/activity",
        "type": "Create",
        "actor": author.uri,
        "published": status["published"],
        "to": status["to"],
        "cc": status["cc"],
        "object": status,
    }


def update(author: Figure, status: Document, at: str, content: str) -> Document:
    """The Update of a status; `at` is when it was edited."""
    edited = status | {"content": content, "contentMap": {"de": content}, "updated": at}
    return create(author, edited) | {
        "id": f"{status['id']}#updates/{at}",
        "type": "Update",
        "published": at,
    }


def delete(author: Figure, status: Document) -> Document:
    """The Delete of a status, with a Tombstone inside."""
    return {
        "@context": CONTEXT,
        "id": f"{status['id']}#delete",
        "type": "Delete",
        "actor": author.uri,
        "to": [PUBLIC],
        "object": {"id": status["id"], "type": "Tombstone", "atomUri": status["id"]},
    }


def like(figure: Figure, post: str) -> Document:
    """A favourite."""
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{figure.uri}#{figure.home.uri('likes').rpartition('/')[2]}",
        "type": "Like",
        "actor": figure.uri,
        "object": post,
    }


def undo(figure: Figure, inner: Document | str) -> Document:
    """An Undo, of an activity or of its id."""
    uri = inner if isinstance(inner, str) else str(inner["id"])
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": f"{uri}/undo" if "#" in uri else f"{uri}#undo",
        "type": "Undo",
        "actor": figure.uri,
        "object": inner,
    }
