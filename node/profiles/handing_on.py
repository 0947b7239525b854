"""Handing on what others wrote: a share is a pointer, and only what is public may be pointed at.

Threads of groups have a share of their own from the beginning, made by their group; these here are
people's.
"""

from dataclasses import replace

from node.errors import NotFound
from node.groups.announcer import Received
from node.groups.place import insist, insist_in_touch, place_of
from node.profiles.place import hidden_from, readable
from node.profiles.rules import may_share, open_post
from node.profiles.tools import Tools
from node.visibility import may_see_post
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.posts import PostView
from storage.shares import Share
from storage.unit_of_work import UnitOfWork

Found = tuple[PostView, GroupWithActor | None]


class HandingOn(Tools):
    """Shares of people."""

    def share(
        self, uow: UnitOfWork, post_id: int, who: Actor, received: Received | None = None
    ) -> Share:
        """Hand a public post on to one's followers, a group's or a profile's; twice changes
        nothing. Raises Refused for what is not public, NotFound."""
        view, group = _found(uow, post_id, who)
        insist(may_share(view, group, who))
        before = uow.shares.of(who.id, post_id)
        if before is not None:
            return before
        share = Share(
            id=self.new_id(),
            actor_id=who.id,
            post_id=post_id,
            uri=received.uri if received else None,
            created_at=self.time_of(received),
        )
        public = open_post(view, group)
        if received is None and public is not None:
            share = replace(share, uri=self.announcer.shared(uow, public, who) or None)
        uow.profiles.ensure(who, self.now())
        uow.shares.add(share)
        place = group.actor.id if group is not None else None
        self.notifying.tell(uow, "share", view.author, who, group_id=place, post_id=post_id)
        return share

    def unshare(
        self, uow: UnitOfWork, post_id: int, who: Actor, received: Received | None = None
    ) -> None:
        """Take a share back; where there is none, nothing changes."""
        share = uow.shares.of(who.id, post_id)
        if share is None:
            return
        uow.shares.remove(who.id, post_id)
        view = uow.posts.view(post_id)
        if view is None or received is not None or not who.is_local:
            return
        public = open_post(view, uow.groups.get(view.post.group_id))
        if public is not None:
            self.announcer.unshared(uow, public, who, share.uri)


def _found(uow: UnitOfWork, post_id: int, who: Actor) -> Found:
    """The post wherever it stands, with its group if it is in one. Raises NotFound."""
    standing = readable(uow, post_id, who)
    if standing is None:
        place = place_of(uow, post_id, who)
        insist_in_touch(uow, place, who)
        return place.view, place.group
    if not may_see_post(standing.view.post, hidden_from(uow, who)):
        raise NotFound
    return standing.view, None
