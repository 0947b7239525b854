"""A small world behind a real server: one node with people, groups and posts, seeded by hand.

`world.at(id)` asks for a thing at its own id, as another node would: the origin is cut off and the
rest goes to the test server, since `https://kith.example` is not this machine.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

import msgspec
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from activitypub import shapes
from activitypub.render import render_activity, to_bytes
from activitypub.signatures import HttpMessage
from activitypub.vocabulary import Activity
from federation.inbox import Answer
from federation.own_keys import OwnKeys
from node.config import Config
from node.groups.documents import post_document
from node.groups.rules import FederatedGroup, federated
from node.web.keys import CONFIG, DB
from node.wire.keys import INBOX
from node.wire.routes import HtmlHandlers, wire_routes
from storage.activities import OutboxActivity
from storage.actors import Actor
from storage.database import Database
from storage.groups import Group, GroupWithActor
from storage.keys import PrivateKeys
from storage.memberships import Membership
from storage.posts import Post, PostView
from storage.unit_of_work import UnitOfWork

ORIGIN = "https://kith.example"
HOST = "kith.example"
FAR = "https://far.example"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AP = {"Accept": "application/activity+json"}

Client = TestClient[web.Request, web.Application]


@cache
def _key_material() -> PrivateKeys:
    """Made once: a fresh RSA key takes up to a second, and nothing here depends on which it is."""
    return OwnKeys(lambda: NOW).generate()


@dataclass
class Recorder:
    """Stands where the inbox does: keeps what came and answers as told."""

    answer: Answer = field(default_factory=lambda: Answer(202, "Kept."))
    messages: list[HttpMessage] = field(default_factory=list)

    async def receive(self, message: HttpMessage) -> Answer:
        self.messages.append(message)
        return self.answer


class Seed:
    """Puts records into one open unit of work. Ids count up from 1000."""

    def __init__(self, uow: UnitOfWork, ids: Iterator[int]) -> None:
        self.uow = uow
        self._ids = ids

    def new_id(self) -> int:
        """The next number."""
        return next(self._ids)

    def actor(self, handle: str, kind: str = "Person", origin: str = ORIGIN, **more: Any) -> Actor:
        """An actor with keys, if it is ours."""
        place = {"Person": f"personas/{handle}", "Group": f"groups/{handle}"}.get(kind, "actor")
        uri, number = f"{origin}/{place}", self.new_id()
        fields: dict[str, Any] = {
            "outbox": f"{uri}/outbox",
            "followers": f"{uri}/followers",
            "shared_inbox": f"{origin}/inbox",
            "summary": f"<p>About {handle}</p>",
        }
        if kind == "Group":
            fields |= {"featured": f"{uri}/featured", "moderators": f"{uri}/moderators"}
        actor = Actor(
            id=number,
            uri=uri,
            type=kind,
            handle=handle,
            authority=origin.removeprefix("https://"),
            name=handle.title(),
            inbox=f"{uri}/inbox",
            is_local=origin == ORIGIN,
            created_at=NOW,
            **(fields | more),
        )
        self.uow.actors.add(actor)
        if actor.is_local:
            self.uow.keys.add_private(replace(_key_material(), actor_id=number))
        return actor

    def group(
        self, handle: str, visibility: Any = "public", origin: str = ORIGIN, **more: Any
    ) -> GroupWithActor:
        """A group with its actor."""
        actor = self.actor(handle, "Group", origin, **more)
        group = Group(
            actor_id=actor.id,
            visibility=visibility,
            is_local=actor.is_local,
            guidelines="",
            created_by=None,
            reply_policy="anyone",
            posting_policy="members",
            backfilled_at=None,
            created_at=NOW,
        )
        self.uow.groups.add(group)
        return GroupWithActor(group=group, actor=actor)

    def member(self, group: GroupWithActor, actor: Actor, role: Any = "member") -> None:
        """An accepted membership."""
        self.uow.memberships.put(
            Membership(
                group_id=group.actor.id,
                actor_id=actor.id,
                state="accepted",
                role=role,
                follow_uri=None,
                created_at=NOW,
                changed_at=NOW,
            )
        )

    def post(
        self, group: GroupWithActor, author: Actor, parent: PostView | None = None, **more: Any
    ) -> PostView:
        """A thread, or a reply to `parent`. A remote author's post has its id on its own host."""
        number = self.new_id()
        origin = f"https://{author.authority}"
        at = NOW + timedelta(seconds=number)
        fields: dict[str, Any] = {
            "title": None if parent else f"Thread {number}",
            "content": f"<p>Words of {number}</p>",
            "source": f"Words of {number}",
        }
        post = Post(
            id=number,
            uri=f"{origin}/posts/{number}",
            group_id=group.actor.id,
            thread_id=parent.post.thread_id if parent else number,
            parent_id=parent.post.id if parent else None,
            author_id=author.id,
            wire_type="Note" if parent else "Page",
            is_local=author.is_local,
            created_at=at,
            last_activity_at=at,
            depth=parent.post.depth + 1 if parent else 0,
            create_uri=f"{origin}/activities/{number + 500_000}",
            **(fields | more),
        )
        self.uow.posts.add(post)
        return PostView(post=post, author=author)

    def edit(self, post: Post, words: str, at: datetime) -> None:
        """Other words for a post."""
        self.uow.posts.edit(
            post.id,
            title=post.title,
            content=f"<p>{words}</p>",
            source=words,
            content_warning=None,
            language=None,
            reply_wanted=None,
            edited_at=at,
        )

    def sent(
        self, actor: Actor, activity: Activity, about: str | None, public: bool = True
    ) -> OutboxActivity:
        """An activity of ours as the outbox keeps it, with something in the place of a proof."""
        document = render_activity(activity) | {"proof": {"type": "DataIntegrityProof"}}
        row = OutboxActivity(
            id=int(activity.id.rpartition("/")[2]),
            uri=activity.id,
            actor_id=actor.id,
            type=type(activity).__name__,
            object_uri=about,
            root=about or activity.id,
            body=to_bytes(document),
            cavage_digest="",
            content_digest="",
            public=public,
            created_at=NOW + timedelta(days=1),
        )
        self.uow.activities.add(row)
        return row

    def published(
        self, group: GroupWithActor, view: PostView, parent: PostView | None = None
    ) -> None:
        """The Create of a post of ours, and our group's Announce of it."""
        known = as_federated(group)
        document = post_document(view, known, parent, ORIGIN)
        create = shapes.create(view.post.create_uri or "", document)
        if view.post.is_local:
            self.sent(view.author, create, view.post.uri)
        if group.actor.is_local:
            announce = shapes.announce(
                f"{ORIGIN}/activities/{self.new_id() + 700_000}",
                group.actor.uri,
                group.actor.followers or "",
                create,
            )
            self.sent(group.actor, announce, view.post.uri)


def as_federated(group: GroupWithActor) -> FederatedGroup:
    """The group as the wire may know it."""
    known = federated(group)
    assert known is not None
    return known


class World:
    """A node to ask."""

    def __init__(self, db: Database, client: Client, inbox: Recorder) -> None:
        self.db = db
        self.client = client
        self.inbox = inbox
        self._ids = count(1000)

    async def seed(self, fill: Any) -> Any:
        """Run `fill(seed)` in one transaction and answer what it made."""
        return await self.db.write(lambda uow: fill(Seed(uow, self._ids)))

    async def at(self, uri: str, **headers: str) -> ClientResponse:
        """GET of an id of this node, asking for the ActivityPub document."""
        assert uri.startswith(ORIGIN), uri
        path = uri.removeprefix(ORIGIN)
        return await self.client.get(path, headers=AP | headers, allow_redirects=False)

    async def document(self, uri: str) -> dict[str, Any]:
        """The document at an id, which must be there."""
        answer = await self.at(uri)
        assert answer.status == 200, (uri, answer.status)
        document: dict[str, Any] = msgspec.json.decode(await answer.read())
        return document


def application(db: Database, inbox: Recorder) -> web.Application:
    """The edge alone, with pages that say which they are."""
    app = web.Application()
    app[CONFIG] = Config(
        origin=ORIGIN,
        node_name="A quiet place",
        trusted_proxies=(),
        safety_contact="Jo, safety@kith.example",
    )
    app[DB] = db
    app[INBOX] = inbox
    html = HtmlHandlers(persona=_page("persona"), group=_page("group"), post=_page("post"))
    app.add_routes(wire_routes(html))
    return app


def _page(name: str) -> Any:
    async def page(_request: web.Request) -> web.Response:
        return web.Response(text=f"<p>{name}</p>", content_type="text/html")

    return page
