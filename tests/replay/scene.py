"""The scene a real document needs: its actors are known, its group and what it is about exist.

The hosts in these documents are other people's, so nothing is asked of the network: `Corpus` stands
in for the HTTP client and serves what the documents themselves contain.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import msgspec
from multidict import CIMultiDict

from activitypub.addressing import authority
from activitypub.errors import WireError
from federation.errors import BadResponse
from federation.http import Response, Signer
from federation.own_keys import public_half
from node.groups.drafts import PostBody
from node.groups.membership import new_membership
from node.groups.posting import WirePost
from node.rooms import Rooms
from storage.actors import Actor
from storage.groups import Group, GroupWithActor
from storage.reactions import Reaction
from storage.unit_of_work import UnitOfWork
from tests.world import next_keys

PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
PERSON, GROUP = "Person", "Group"
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)


class Corpus:
    """Serves documents by their ids, as if their hosts did. A `federation.http.HttpClient`."""

    def __init__(self, documents: Mapping[str, dict[str, Any]]) -> None:
        self._documents = documents

    async def get(
        self, url: str, *, accept: str, sign: Signer | None = None, max_bytes: int = 0
    ) -> Response:
        document = self._documents.get(url)
        if document is None:
            raise BadResponse("not in the corpus", reason="gone", status=404)
        headers = CIMultiDict({"Content-Type": "application/activity+json"})
        return Response(200, url, headers, msgspec.json.encode(document))

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Response:
        raise AssertionError("nothing is delivered in a replay")

    async def close(self) -> None:
        """Nothing is open."""


class Scene:
    """Sets the stage on one open transaction."""

    def __init__(self, uow: UnitOfWork, rooms: Rooms) -> None:
        self._uow = uow
        self._rooms = rooms

    def actor(self, uri: str, kind: str = PERSON, *, local: bool = False, **fields: Any) -> Actor:
        """The actor with this URI; known from now on."""
        known = self._uow.actors.by_uri(uri)
        if known is not None:
            return known
        now = self._rooms.now()
        values: dict[str, Any] = {
            "id": self._rooms.new_id(),
            "uri": uri,
            "type": kind,
            "handle": f"someone{self._rooms.new_id()}",
            "authority": authority(uri),
            "name": "Someone",
            "summary": "",
            "inbox": f"{uri}/inbox",
            "shared_inbox": None,
            "outbox": None,
            "followers": f"{uri}/followers",
            "featured": None,
            "moderators": None,
            "language": None,
            "sensitive": False,
            "posting_restricted": False,
            "is_local": local,
            "created_at": now,
            "fetched_at": now,
        }
        actor = Actor(**{**_NOTHING, **values, **fields})
        self._uow.actors.add(actor)
        if local:
            self._keys(actor)
        return actor

    def _keys(self, actor: Actor) -> None:
        keys = replace(next_keys(), actor_id=actor.id)
        self._uow.keys.add_private(keys)
        self._uow.keys.put_public(public_half(actor.uri, actor.id, keys), actor.id)

    def group(self, uri: str, *, hosted: bool, **fields: Any) -> GroupWithActor:
        """A public group: hosted here, or another node's that one of us follows."""
        found = self._uow.groups.by_uri(uri)
        if found is not None:
            return found
        actor = self.actor(uri, GROUP, local=hosted, **fields)
        group = Group(
            actor_id=actor.id,
            visibility="public",
            is_local=hosted,
            guidelines="",
            reply_policy="anyone",
            posting_policy="members",
            created_at=self._rooms.now(),
        )
        self._uow.groups.add(group)
        if not hosted:
            member = self.actor(f"{self._rooms.config.origin}/personas/member", local=True)
            self._join(actor.id, member.id)
        return GroupWithActor(group=group, actor=actor)

    def _join(self, group_id: int, actor_id: int, **fields: Any) -> None:
        if self._uow.memberships.get(group_id, actor_id) is None:
            self._uow.memberships.put(
                new_membership(group_id, actor_id, self._rooms.now(), **fields)
            )

    def member(self, group: GroupWithActor, uri: str, **fields: Any) -> Actor:
        """Someone who belongs to the group."""
        actor = self.actor(uri)
        self._join(group.actor.id, actor.id, **fields)
        return actor

    def asked(self, group_uri: str, persona_uri: str, follow_uri: str) -> None:
        """A Follow of one of us that the group has not answered yet."""
        group = self.actor(group_uri, GROUP)
        if self._uow.groups.get(group.id) is None:
            self.group(group_uri, hosted=False)
        persona = self.actor(persona_uri, local=True)
        membership = new_membership(
            group.id, persona.id, self._rooms.now(), state="pending", follow_uri=follow_uri
        )
        self._uow.memberships.put(membership)

    def post(self, group: GroupWithActor, uri: str, author_uri: str) -> int:
        """A thread in the group; its id."""
        known = self._uow.posts.by_uri(uri)
        if known is not None:
            return known.id
        author = self.actor(author_uri)
        body = PostBody(title="A thread", content="<p>Words.</p>", source=None)
        wire = WirePost(uri=uri, wire_type="Page", published=LONG_AGO, vouched=True)
        return self._rooms.groups.open_thread(self._uow, group, author, body, wire).id

    def reaction(self, post_id: int, actor_uri: str, uri: str | None) -> None:
        """A reaction that may be undone."""
        actor = self.actor(actor_uri)
        self._uow.reactions.put(
            Reaction(
                id=self._rooms.new_id(),
                post_id=post_id,
                actor_id=actor.id,
                kind="hear-you",
                uri=uri,
                created_at=self._rooms.now(),
            )
        )


_NOTHING = dict.fromkeys(
    ("summary_source", "url", "icon_url", "updated_at", "gone_at", "suspended_at")
)


def uri_of(value: Any) -> str | None:
    """The id in a string, an object or the first of a list."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("id")
    if not isinstance(value, str):
        return None
    try:
        authority(value)
    except WireError:
        return None
    return value


def uris_of(value: Any) -> list[str]:
    """All ids in a value."""
    values = value if isinstance(value, list) else [value]
    return [uri for uri in map(uri_of, values) if uri is not None and uri not in PUBLIC]
