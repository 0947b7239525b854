"""Posts and answers outside groups: written, edited, deleted. The same use cases serve a click and
a Create of another node."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import datetime

from node.attaching import NOTHING, with_attached
from node.errors import NotFound
from node.groups.drafts import PostBody, ReplyDraft, body_of, created_at
from node.groups.place import insist
from node.groups.posting import WirePost
from node.groups.rules import may_delete, may_edit
from node.i18n import N_
from node.profiles.drafts import ProfileDraft, audience_of
from node.profiles.names import people_named, with_links
from node.profiles.place import hidden_from, own_post, parent_of, standing_of
from node.profiles.rules import federated_post, may_answer, may_write, narrowest
from node.profiles.tools import Tools
from node.visibility import may_see_post
from storage.actors import Actor
from storage.post_record import Audience
from storage.posts import Post, PostView
from storage.unit_of_work import UnitOfWork

SORRY = N_("There is nothing here, or it is not open to you.")


class Writing(Tools):
    """What people say outside groups."""

    def post(self, uow: UnitOfWork, who: Actor, draft: ProfileDraft) -> Post:
        """Write on one's own profile. Raises Invalid and Refused."""
        insist(may_write(who))
        audience = audience_of(draft.audience)
        body = self._body(uow, who, draft, audience, is_thread=True)
        named = people_named(uow, draft.text, draft.named, who, self.authority)
        return self.keep(uow, who, body, audience, None, named)

    def reply(self, uow: UnitOfWork, parent_id: int, who: Actor, draft: ProfileDraft) -> Post:
        """Answer a post outside groups, for no more people than it is for; who wrote it is named.
        Raises Invalid, Refused, NotFound."""
        standing = standing_of(uow, parent_id, who)
        parent, hidden = standing.view, hidden_from(uow, who)
        if not (may_see_post(parent.post, hidden) and may_see_post(standing.thread, hidden)):
            raise NotFound
        insist(may_answer(parent.post, standing.thread, who))
        audience = narrowest(audience_of(draft.audience), parent.post.audience)
        body = self._body(uow, who, draft, audience, is_thread=False)
        more = (parent.post.author_id, *draft.named)
        named = people_named(uow, draft.text, more, who, self.authority)
        return self.keep(uow, who, body, audience, parent, named)

    def keep(
        self,
        uow: UnitOfWork,
        author: Actor,
        body: PostBody,
        audience: Audience,
        parent: PostView | None,
        named: Sequence[Actor],
        wire: WirePost | None = None,
    ) -> Post:
        """Store a post that is allowed, ours or another node's, and tell who should know."""
        uow.profiles.ensure(author, self.now())
        if wire is None:
            body = self._linked(body, named)
        post = self._new_post(author, body, audience, parent, wire)
        hangs = NOTHING
        if wire is None:
            hangs = self.attaching.take(uow, author.id, post.id, body.draft)
        uow.posts.add(post)
        self.attaching.keep(uow, post.id, hangs)
        if body.wire is not None:
            self.attaching.receive(uow, post.id, author.id, body.wire)
        uow.profile_posts.name(post.id, [one.id for one in named])
        if wire is None:
            self.risk.look(uow, post, unsafe=body.unsafe)
            view = PostView(post=post, author=author, media=hangs.media, poll=hangs.poll)
            post = self._told(uow, view, parent, named)
        self._tell(uow, post, author, parent, named)
        return post

    def _told(
        self, uow: UnitOfWork, view: PostView, parent: PostView | None, named: Sequence[Actor]
    ) -> Post:
        """Tell other nodes, unless the post waits; with the id of what they were told."""
        public = federated_post(view)
        create_uri = self.announcer.posted(uow, public, parent, named) if public else ""
        if not create_uri:
            return view.post
        uow.posts.set_create_uri(view.post.id, create_uri)
        return replace(view.post, create_uri=create_uri)

    def edit(self, uow: UnitOfWork, post_id: int, editor: Actor, draft: ReplyDraft) -> Post:
        """Change one's own post; whom it is for stays. Raises Invalid, Refused, NotFound."""
        view = own_post(uow, post_id, editor)
        insist(may_edit(view.post, editor))
        body = body_of(_as_reply(draft), self.markdown)
        self.newcomers.check_links(uow, editor, body.content)
        parent = parent_of(uow, view.post)
        more = draft.named if isinstance(draft, ProfileDraft) else ()
        if parent is not None:
            more = (parent.post.author_id, *more)
        named = people_named(uow, draft.text, more, editor, self.authority)
        return self.apply_edit(uow, view, self._linked(body, named), self.now(), named)

    def apply_edit(
        self,
        uow: UnitOfWork,
        view: PostView,
        body: PostBody,
        edited_at: datetime,
        named: Sequence[Actor],
    ) -> Post:
        """Store an edit that is allowed; the caller has checked whose post it is."""
        uow.posts.edit(
            view.post.id,
            title=None,
            content=body.content,
            source=body.source,
            content_warning=body.content_warning,
            language=body.language,
            reply_wanted=None,
            sensitive=view.post.sensitive if body.sensitive is None else body.sensitive,
            edited_at=edited_at,
        )
        before = uow.profile_posts.named([view.post.id]).get(view.post.id, [])
        uow.profile_posts.name(view.post.id, [one.id for one in named])
        changed = uow.posts.get(view.post.id)
        if changed is None:
            raise NotFound
        self.attaching.change(uow, changed.id, changed.author_id, body.wire or body.draft)
        if view.author.is_local:
            self.risk.look(uow, changed, unsafe=body.unsafe)
        [new_view] = with_attached(uow, [PostView(post=changed, author=view.author)])
        parent = parent_of(uow, changed)
        if (public := federated_post(new_view)) is not None and view.author.is_local:
            self.announcer.edited(uow, public, parent, list(dict.fromkeys((*named, *before))))
        known = {one.id for one in before}
        self._tell(uow, changed, view.author, None, [one for one in named if one.id not in known])
        return changed

    def delete(self, uow: UnitOfWork, post_id: int, author: Actor) -> None:
        """Take one's own words back; a tombstone keeps the place. Twice changes nothing."""
        view = own_post(uow, post_id, author)
        insist(may_delete(view.post, author))
        if view.post.deleted_at is not None:
            return
        uow.posts.tombstone(post_id, self.now())
        public = federated_post(view)
        if public is not None and author.is_local:
            named = uow.profile_posts.named([post_id]).get(post_id, [])
            self.announcer.deleted(uow, public, named)

    def _body(
        self,
        uow: UnitOfWork,
        who: Actor,
        draft: ProfileDraft,
        audience: Audience,
        *,
        is_thread: bool,
    ) -> PostBody:
        """The words, and for who is new here whether it may write them. Notes to oneself are
        nobody's business."""
        body = body_of(_as_reply(draft), self.markdown)
        if audience != "self":
            self.newcomers.check_post(uow, who, body.content, is_thread=is_thread)
        return body

    def _linked(self, body: PostBody, named: Sequence[Actor]) -> PostBody:
        return replace(body, content=with_links(body.content, named, self.authority))

    def _new_post(
        self,
        author: Actor,
        body: PostBody,
        audience: Audience,
        parent: PostView | None,
        wire: WirePost | None,
    ) -> Post:
        now, post_id = self.now(), self.new_id()
        at = created_at(wire.published if wire else None, now)
        edited_at = min(wire.updated, now) if wire and wire.updated else None
        return Post(
            id=post_id,
            uri=wire.uri if wire else f"{self.origin}/posts/{post_id}",
            group_id=author.id,
            thread_id=parent.post.thread_id if parent else post_id,
            parent_id=parent.post.id if parent else None,
            author_id=author.id,
            content=body.content,
            source=body.source,
            content_warning=body.content_warning,
            language=body.language,
            wire_type=wire.wire_type if wire else "Note",
            is_local=wire is None,
            created_at=at,
            edited_at=edited_at if edited_at and edited_at > at else None,
            depth=parent.post.depth + 1 if parent else 0,
            last_activity_at=at,
            url=wire.url if wire else None,
            audience=audience,
            sensitive=bool(body.sensitive),
        )

    def _tell(
        self,
        uow: UnitOfWork,
        post: Post,
        author: Actor,
        parent: PostView | None,
        named: Sequence[Actor],
    ) -> None:
        """Who was answered hears of the answer, who was named of that; a note to oneself tells
        nobody anything."""
        if post.audience == "self":
            return
        answered = parent.author.id if parent is not None else None
        if parent is not None:
            self.notifying.tell(uow, "reply", parent.author, author, post_id=post.id)
        for one in named:
            if one.id != answered:
                self.notifying.tell(uow, "mention", one, author, post_id=post.id)


def _as_reply(draft: ReplyDraft) -> ReplyDraft:
    """Without a title, which a post outside groups has not."""
    kept = {field.name: getattr(draft, field.name) for field in fields(ReplyDraft)}
    return ReplyDraft(**kept)
