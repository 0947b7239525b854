"""Outboxes: what a group announced and what a persona wrote in public groups, newest first.

An outbox comes whole when it is short, because Lemmy and PieFed read it so; `next` leads on from
where it was cut. Items are the activities as they were sent, so that their proofs still hold, but
for posts that were edited since.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec
from aiohttp import web

from activitypub.render import render_collection, render_page, render_post, to_bytes
from node.attaching import with_attached
from node.groups.documents import post_document
from node.groups.rules import FederatedGroup
from node.web.keys import CONFIG
from node.wire.answers import serve
from node.wire.found import find_group, find_node, find_persona, number_of
from node.wire.standing import as_it_stands, is_outdated, with_replaced
from storage.activities import OutboxActivity
from storage.outboxes import OutboxReader
from storage.posts import Post, PostView
from storage.unit_of_work import UnitOfWork

PAGE = 50
"""Items of one answer, as Lemmy's outbox has and as our own backfill reads."""

PAGE_BYTES = 512 * 1024
"""An answer stops growing here: half of what peers take of one document."""


Item = tuple[int, bytes]
"""The id of a post, and the activity to show for it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request for an outbox, or for a page of it: what is older than the post `before`."""

    uri: str
    before: int | None

    def answer(self, items: list[Item], cut_at: int | None, total: int) -> bytes:
        """The document. `cut_at` is the post after which older ones were left out, if any were."""
        shown = list(_within(items))
        if len(shown) < len(items):
            cut_at = shown[-1][0]
        following = None if cut_at is None else f"{self.uri}?before={cut_at}"
        members = [msgspec.json.decode(body, type=dict[str, object]) for _, body in shown]
        if self.before is not None:
            page_id = f"{self.uri}?before={self.before}"
            page = render_page(page_id, members, part_of=self.uri, next=following, total=total)
            return to_bytes(page)
        whole = render_collection(self.uri, members, total=total)
        return to_bytes(whole | {"next": following} if following else whole)


async def group_outbox(request: web.Request) -> web.Response:
    """`/groups/{handle}/outbox`: the Announce of each thread's Create."""
    origin, handle = request.app[CONFIG].origin, request.match_info["handle"]
    before = number_of(request.query.get("before", ""))

    def read(uow: UnitOfWork) -> bytes | None:
        group = find_group(uow, origin, handle)
        if group is None:
            return None
        views = uow.posts.outbox_of_group(group.actor.id, PAGE + 1, before)
        cut_at = views[PAGE - 1].post.id if len(views) > PAGE else None
        reader = OutboxReader(uow.connection)
        held = uow.delivery_holds.of_posts([view.post.id for view in views[:PAGE]])
        sent = reader.first_announces(group.actor.id, [view.post.uri for view in views[:PAGE]])
        items = [
            (view.post.id, _announce(sent[view.post.uri], view, group, origin))
            for view in with_attached(uow, views[:PAGE])
            if view.post.uri in sent and view.post.id not in held
        ]
        total = reader.count_threads(group.actor.id)
        return Asked(f"{group.actor.uri}/outbox", before).answer(items, cut_at, total)

    return await serve(request, read)


async def persona_outbox(request: web.Request) -> web.Response:
    """`/personas/{handle}/outbox`: the Create of each post in a public group."""
    origin, handle = request.app[CONFIG].origin, request.match_info["handle"]
    before = number_of(request.query.get("before", ""))

    def read(uow: UnitOfWork) -> bytes | None:
        actor = find_persona(uow, origin, handle)
        if actor is None:
            return None
        posts = uow.posts.by_author(actor.id, PAGE + 1, before)
        cut_at = posts[PAGE - 1].id if len(posts) > PAGE else None
        sent = uow.activities.get_many(_numbers(posts[:PAGE], origin))
        by_uri = {one.uri: one for one in sent.values() if one.actor_id == actor.id}
        items = [
            (post.id, _create(by_uri[post.create_uri], post))
            for post in posts[:PAGE]
            if post.create_uri in by_uri
        ]
        total = OutboxReader(uow.connection).count_by_author(actor.id)
        return Asked(f"{actor.uri}/outbox", before).answer(items, cut_at, total)

    return await serve(request, read)


async def node_outbox(request: web.Request) -> web.Response:
    """`/actor/outbox`: empty; the node itself only fetches. Lemmy wants it to exist."""
    origin = request.app[CONFIG].origin

    def read(uow: UnitOfWork) -> bytes | None:
        actor = find_node(uow, origin)
        return None if actor is None else to_bytes(render_collection(f"{actor.uri}/outbox"))

    return await serve(request, read)


def _announce(sent: OutboxActivity, view: PostView, group: FederatedGroup, origin: str) -> bytes:
    if not is_outdated(view.post, sent.created_at):
        return sent.body
    present = render_post(post_document(view, group, None, origin))
    present.pop("@context", None)
    return with_replaced(sent.body, {view.post.uri: present})


def _create(sent: OutboxActivity, post: Post) -> bytes:
    return as_it_stands(sent.body, {post.uri: post}, sent.created_at)


def _numbers(posts: Iterable[Post], origin: str) -> list[int]:
    """The numbers of our own Creates: `<origin>/activities/<number>`."""
    prefix = f"{origin}/activities/"
    found = [
        number_of(post.create_uri.removeprefix(prefix))
        for post in posts
        if post.create_uri is not None and post.create_uri.startswith(prefix)
    ]
    return [number for number in found if number is not None]


def _within(items: Iterable[Item]) -> Iterator[Item]:
    """The first items that fit in PAGE_BYTES; the very first one always does."""
    size = 0
    for number, body in items:
        size += len(body)
        if size > PAGE_BYTES and size > len(body):
            return
        yield number, body
