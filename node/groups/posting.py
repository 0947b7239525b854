"""Threads and replies: written, edited, deleted. The same use cases serve a click and a Create."""

from dataclasses import dataclass, fields, replace
from datetime import datetime

from node.attaching import NOTHING, insist_in_step, viewed, with_attached
from node.errors import Invalid, NotFound, Refused
from node.groups.announcer import Received
from node.groups.drafts import PostBody, ReplyDraft, ThreadDraft, body_of, created_at
from node.groups.place import (
    group_for,
    insist,
    insist_in_touch,
    insist_inside,
    parent_of,
    place_of,
    thread_of,
    view_of,
)
from node.groups.rules import (
    federated,
    is_gone,
    may_delete,
    may_edit,
    may_open_thread,
    may_reply,
)
from node.groups.sharing import insist_shared
from node.groups.tools import Tools
from node.i18n import N_
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.posts import Post, PostView
from storage.shares import Share
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class WirePost:
    """Where a post from another node came from.

    `received` is its Create, when that is how it came; `vouched` says that the group which hosts it
    has already let it in (it announced the post, or lists it). `deleted` and `removed` say that
    news of that came before the post itself.
    """

    uri: str
    wire_type: str
    published: datetime | None
    url: str | None = None
    updated: datetime | None = None
    received: Received | None = None
    vouched: bool = False
    deleted: bool = False
    removed: bool = False


class Posting(Tools):
    """What members say to each other."""

    def post_thread(
        self, uow: UnitOfWork, group_id: int, author: Actor, draft: ThreadDraft
    ) -> Post:
        """Start a thread. Raises Invalid, Refused, NotFound."""
        group = group_for(uow, group_id, author)
        return self.open_thread(uow, group, author, body_of(draft, self.markdown))

    def open_thread(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        author: Actor,
        body: PostBody,
        wire: WirePost | None = None,
    ) -> Post:
        """Keep a thread, ours or another node's, and tell who should know."""
        insist_inside(uow, group, author, self.limits)
        if wire is None or not wire.vouched:
            membership = uow.memberships.get(group.actor.id, author.id)
            insist(may_open_thread(group.group, author, membership))
        if wire is None:
            insist_shared(uow, group, author)
            self.newcomers.check_post(uow, author, body.content, is_thread=True)
        return self._keep(uow, group, author, body, None, wire)

    def reply(self, uow: UnitOfWork, parent_id: int, author: Actor, draft: ReplyDraft) -> Post:
        """Answer a post. Raises Invalid, Refused, NotFound."""
        place = place_of(uow, parent_id, author)
        insist_in_touch(uow, place, author)
        body = body_of(_as_reply(draft), self.markdown)
        return self.add_reply(uow, place.group, place.view, author, body)

    def add_reply(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        parent: PostView,
        author: Actor,
        body: PostBody,
        wire: WirePost | None = None,
    ) -> Post:
        """Keep a reply, ours or another node's, and tell who should know."""
        insist_inside(uow, group, author, self.limits)
        if wire is None or not wire.vouched:
            thread = thread_of(uow, parent.post)
            membership = uow.memberships.get(group.actor.id, author.id)
            insist(may_reply(group.group, thread, parent.post, author, membership))
        if wire is None:
            insist_shared(uow, group, author)
            self.newcomers.check_post(uow, author, body.content, is_thread=False)
        return self._keep(uow, group, author, body, parent, wire)

    def _keep(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        author: Actor,
        body: PostBody,
        parent: PostView | None,
        wire: WirePost | None,
    ) -> Post:
        post = self._new_post(group, author, body, parent, wire)
        if wire is not None and (wire.deleted or wire.removed):
            gone = self._gone(post, wire)
            uow.posts.add(gone)
            if parent is None:
                self._hand_on(uow, group, gone)
            return gone
        received = wire.received if wire else None
        hangs = NOTHING
        if wire is None:
            hangs = self.attaching.take(uow, author.id, post.id, body.draft)
        if received is not None and federated(group) is not None:
            post = replace(post, create_uri=received.uri)
        uow.posts.add(post)
        self.attaching.keep(uow, post.id, hangs)
        if body.wire is not None:
            self.attaching.receive(uow, post.id, author.id, body.wire)
        self.look(uow, group, post, unsafe=body.unsafe)
        view = viewed(post, author, hangs)
        post = self.told(uow, group, view, parent, received)
        if parent is None:
            self._hand_on(uow, group, post)
        else:
            here = {"group_id": post.group_id, "post_id": post.id}
            self.notifying.tell(uow, "reply", parent.author, author, **here)
        return post

    def _hand_on(self, uow: UnitOfWork, group: GroupWithActor, post: Post) -> None:
        """A thread stands in its members' lists as something that the group shared; one of a circle
        in no list of an app."""
        if group.group.kind == "circle":
            return
        share = Share(
            id=self.new_id(),
            actor_id=group.actor.id,
            post_id=post.id,
            created_at=post.created_at,
        )
        uow.shares.add(share)

    def _gone(self, post: Post, wire: WirePost) -> Post:
        """The post as it would be now had it come in time. Nobody is told of it."""
        if wire.removed:
            post = replace(post, removed_at=self.now())
        if not wire.deleted:
            return post
        return replace(
            post,
            title=None,
            content="",
            source=None,
            content_warning=None,
            reply_wanted=None,
            deleted_at=self.now(),
        )

    def _new_post(
        self,
        group: GroupWithActor,
        author: Actor,
        body: PostBody,
        parent: PostView | None,
        wire: WirePost | None,
    ) -> Post:
        now, post_id = self.now(), self.new_id()
        at = created_at(wire.published if wire else None, now)
        edited_at = min(wire.updated, now) if wire and wire.updated else None
        return Post(
            id=post_id,
            uri=wire.uri if wire else f"{self.origin}/posts/{post_id}",
            group_id=group.actor.id,
            thread_id=parent.post.thread_id if parent else post_id,
            parent_id=parent.post.id if parent else None,
            author_id=author.id,
            title=body.title,
            content=body.content,
            source=body.source,
            content_warning=body.content_warning,
            language=body.language,
            reply_wanted=body.reply_wanted,
            wire_type=wire.wire_type if wire else _type_of(body, parent),
            is_local=wire is None,
            created_at=at,
            edited_at=edited_at if edited_at and edited_at > at else None,
            depth=parent.post.depth + 1 if parent else 0,
            reply_count=0,
            last_activity_at=at,
            url=wire.url if wire else None,
            sensitive=bool(body.sensitive),
        )

    def edit(self, uow: UnitOfWork, post_id: int, editor: Actor, draft: ReplyDraft) -> Post:
        """Change one's own post. A thread takes a ThreadDraft, a reply a ReplyDraft."""
        place = place_of(uow, post_id, editor)
        insist_in_touch(uow, place, editor)
        insist(may_edit(place.view.post, editor, place.group.group))
        if place.view.post.parent_id is not None:
            draft = _as_reply(draft)
        elif not isinstance(draft, ThreadDraft):
            raise Invalid("title", N_("Give your thread a title, so that others can find it."))
        body = body_of(draft, self.markdown)
        insist_in_step(uow, place.view.post, body.draft)
        self.newcomers.check_links(uow, editor, body.content)
        return self.apply_edit(uow, place.group, place.view, body, self.now(), None)

    def apply_edit(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        view: PostView,
        body: PostBody,
        edited_at: datetime,
        received: Received | None,
    ) -> Post:
        """Store an edit that is allowed; the caller has checked whose it is. Raises Refused."""
        insist_inside(uow, group, view.author, self.limits)
        post = view.post
        uow.posts.edit(
            post.id,
            title=body.title,
            content=body.content,
            source=body.source,
            content_warning=body.content_warning,
            language=body.language,
            reply_wanted=body.reply_wanted,
            sensitive=post.sensitive if body.sensitive is None else body.sensitive,
            edited_at=edited_at,
        )
        changed = uow.posts.get(post.id)
        if changed is None:
            raise NotFound
        self.attaching.change(uow, post.id, post.author_id, body.wire or body.draft)
        self.look(uow, group, changed, unsafe=body.unsafe)
        public = federated(group)
        if public is not None:
            parent = parent_of(uow, changed)
            new_view = with_attached(uow, [PostView(post=changed, author=view.author)])[0]
            self.announcer.edited(uow, public, new_view, parent, received)
        return changed

    def delete(
        self, uow: UnitOfWork, post_id: int, author: Actor, received: Received | None = None
    ) -> None:
        """Take one's own words back; a tombstone keeps the place. Twice changes nothing."""
        place = place_of(uow, post_id, author, to_take_back=True)
        insist(may_delete(place.view.post, author))
        if place.view.post.deleted_at is not None:
            return
        uow.posts.tombstone(post_id, self.now())
        public = federated(place.group)
        if public is not None:
            self.announcer.deleted(uow, public, place.view, received)

    def standing(self, uow: UnitOfWork, uri: str) -> PostView:
        """The post at `uri` while it stands. Raises Refused where there is none."""
        post = uow.posts.by_uri(uri)
        if post is None or is_gone(post):
            raise Refused("The post is not here.", "unknown-post")
        return view_of(uow, post)


def _type_of(body: PostBody, parent: PostView | None) -> str:
    """What a post of ours is called on the wire."""
    if parent is not None:
        return "Note"
    return "Page" if body.draft.article is None else "Article"


def _as_reply(draft: ReplyDraft) -> ReplyDraft:
    """Without the title and the reply wanted, which only a thread has."""
    kept = {field.name: getattr(draft, field.name) for field in fields(ReplyDraft)}
    return ReplyDraft(**kept)
