"""What a person finds when they come in: their groups, and what was said there last."""

from dataclasses import dataclass

from node.groups.reading import counted, list_groups, with_folds
from node.safety.sieve import Sieve
from storage.actors import Actor
from storage.groups import GroupWithActor
from storage.memberships import JoinedGroup
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork

GROUPS_LOOKED_AT = 25
THREADS_EACH = 8
THREADS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Latest:
    """A thread and the group it stands in."""

    view: PostView
    group: Actor


@dataclass(frozen=True, slots=True)
class Overview:
    """The start page of a member."""

    groups: list[JoinedGroup]
    latest: list[Latest]


@dataclass(frozen=True, slots=True)
class Directory:
    """The list of groups: the reader's own, then others of this node, then those from elsewhere."""

    joined: list[JoinedGroup]
    here: list[GroupWithActor]
    elsewhere: list[GroupWithActor]


def overview(uow: UnitOfWork, reader: Actor, sieve: Sieve) -> Overview:
    """The reader's groups, and the threads in them that moved last, without those that the reader
    wants left out."""
    groups = uow.memberships.groups_of(reader.id)
    hidden = uow.blocks.hides(reader.id)
    belongs = [group for group in groups if group.state == "accepted"]
    latest = [
        Latest(view, group.actor)
        for group in belongs[:GROUPS_LOOKED_AT]
        for view in sieve.in_list(
            uow.posts.threads(group.actor.id, THREADS_EACH, without=hidden), "home"
        )
    ]
    veiled = uow.quorum.veiled([one.view.post.id for one in latest])
    latest = [one for one in latest if one.view.post.id not in veiled]
    latest.sort(key=lambda one: (one.view.post.last_activity_at, one.view.post.id), reverse=True)
    shown = latest[:THREADS_SHOWN]
    views = with_folds(uow, counted(uow, [one.view for one in shown], hidden), reader)
    return Overview(
        groups, [Latest(view, one.group) for view, one in zip(views, shown, strict=True)]
    )


def directory(uow: UnitOfWork, reader: Actor | None) -> Directory:
    """All groups that `reader` may find here, each once."""
    joined = uow.memberships.groups_of(reader.id) if reader else []
    known = {group.actor.id for group in joined}
    others = [group for group in list_groups(uow, reader) if group.actor.id not in known]
    return Directory(
        joined,
        [group for group in others if group.group.is_local],
        [group for group in others if not group.group.is_local],
    )
