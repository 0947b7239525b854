"""Keeping what a backfill brought: earlier threads and replies of a group that we have joined."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from federation.dispatch import Context, Done
from federation.fetch import FetchedPost
from node.errors import KithError
from node.groups.incoming import Arrival, Arrivals
from node.groups.membership import new_membership
from node.groups.service import Groups
from node.ports import Clock
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork

Store = Callable[[UnitOfWork, str, Sequence[FetchedPost], Context], int]
StoreLists = Callable[[UnitOfWork, str, Sequence[str], Sequence[str]], None]


def keep_backfilled(groups: Groups) -> Store:
    """A function that keeps fetched posts of the group with this URI; answers how many were new.

    The group lists them, so it vouches for them. Parents come before replies.
    """
    arrivals = Arrivals(groups)

    def store(
        uow: UnitOfWork, group_uri: str, posts: Sequence[FetchedPost], context: Context
    ) -> int:
        kept = 0
        for fetched in posts:
            if uow.posts.by_uri(fetched.post.id) is not None:
                continue
            try:
                outcome = arrivals.take(uow, Arrival(fetched.post, None, group_uri), context)
            except KithError:
                continue
            kept += isinstance(outcome, Done)
        return kept

    return store


def keep_lists(now: Clock) -> StoreLists:
    """A function that notes who moderates a group of another node, and which threads it pins."""

    def store(
        uow: UnitOfWork, group_uri: str, moderators: Sequence[str], pinned: Sequence[str]
    ) -> None:
        group = uow.groups.by_uri(group_uri)
        if group is None or group.actor.is_local:
            return
        _keep_moderators(uow, group, moderators, now())
        listed = uow.posts.by_uris(pinned) if pinned else {}
        wanted = {post.id for post in listed.values() if post.group_id == group.actor.id}
        before = {view.post.id for view in uow.posts.pinned(group.actor.id)}
        for post_id in wanted - before:
            uow.posts.pin(post_id, now())
        for post_id in before - wanted:
            uow.posts.pin(post_id, None)

    return store


def _keep_moderators(
    uow: UnitOfWork, group: GroupWithActor, moderators: Sequence[str], now: datetime
) -> None:
    """Members of ours may be among them, but being listed makes nobody here a member."""
    listed = uow.actors.by_uris(moderators) if moderators else {}
    wanted = {actor.id: actor for actor in listed.values()}
    before = {actor.id for actor in uow.memberships.moderators(group.actor.id)}
    for actor_id in wanted.keys() - before:
        membership = uow.memberships.get(group.actor.id, actor_id)
        if membership is None and wanted[actor_id].is_local:
            continue
        if membership is None:
            membership = new_membership(group.actor.id, actor_id, now)
        uow.memberships.put(replace(membership, role="moderator", changed_at=now))
    for actor_id in before - wanted.keys():
        uow.memberships.set_role(group.actor.id, actor_id, "member", now)
