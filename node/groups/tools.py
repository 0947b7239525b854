"""What every use case of groups holds: whom to tell, the time, where ids and HTML come from."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from node.attaching import Attaching
from node.groups.announcer import Announcer, Received
from node.groups.drafts import Markdown
from node.groups.limits import GroupLimits
from node.groups.rules import federated
from node.notifications.service import Notifying
from node.ports import Clock, NewId, PublicHalf
from node.safety.newcomers import Newcomers
from node.safety.risk import Risk
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.moderation import ModerationEntry
from storage.posts import Post, PostView
from storage.unit_of_work import UnitOfWork


class Tools:
    """Built once by `node/app.py`; `origin` is the node's own, such as `https://kith.example`."""

    def __init__(
        self,
        announcer: Announcer,
        now: Clock,
        new_id: NewId,
        origin: str,
        markdown: Markdown,
        public_half: PublicHalf,
        limits: GroupLimits,
        notifying: Notifying,
        newcomers: Newcomers,
        attaching: Attaching,
        risk: Risk,
    ) -> None:
        self.announcer = announcer
        self.now = now
        self.new_id = new_id
        self.origin = origin
        self.authority = urlsplit(origin).netloc.lower()
        self.markdown = markdown
        self.public_half = public_half
        self.limits = limits
        self.notifying = notifying
        self.newcomers = newcomers
        self.attaching = attaching
        self.risk = risk

    def log(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        moderator: Actor,
        act: str,
        *,
        post_id: int | None = None,
        target_actor_id: int | None = None,
        reason: str | None = None,
    ) -> None:
        """Write down in the group's moderation log who did what, and why."""
        entry = ModerationEntry(
            id=self.new_id(),
            group_id=group.actor.id,
            moderator_id=moderator.id,
            act=act,
            post_id=post_id,
            target_actor_id=target_actor_id,
            reason=reason,
            created_at=self.now(),
        )
        uow.moderation.add(entry)

    def look(self, uow: UnitOfWork, group: GroupWithActor, post: Post, *, unsafe: bool) -> None:
        """Somebody may not be safe: that is for the node of the author to notice, and for the team
        of a group that is ours."""
        if post.is_local or group.actor.is_local:
            self.risk.look(uow, post, unsafe=unsafe)

    def told(
        self,
        uow: UnitOfWork,
        group: GroupWithActor,
        view: PostView,
        parent: PostView | None,
        received: Received | None,
    ) -> Post:
        """Tell other nodes, unless the post waits; with the id of what they were told."""
        public, post = federated(group), view.post
        if public is None:
            return post
        create_uri = self.announcer.posted(uow, public, view, parent, received)
        if not create_uri or create_uri == post.create_uri:
            return post
        uow.posts.set_create_uri(post.id, create_uri)
        return replace(post, create_uri=create_uri)

    def time_of(self, received: Received | None) -> datetime:
        """When something was done: by the word of whoever told us, but never later than now."""
        now = self.now()
        return min(received.at, now) if received is not None and received.at is not None else now
