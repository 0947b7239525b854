"""Undo: takes back what the same persona did, by the id of the activity or by what it says."""

from typing import NamedTuple

import msgspec

from node.clients.c2s.acts import bonds, keeping
from node.clients.c2s.acts.desk import (
    BLOCKS,
    FOLLOWS,
    Desk,
    Doer,
    Done,
    actor_named,
    number_below,
    post_named,
)
from node.clients.c2s.submission import Submission, id_of
from node.errors import NotFound, Refused
from storage.unit_of_work import UnitOfWork


class Undone(NamedTuple):
    """What is to be taken back: the kind of the activity, what it was about, and where."""

    type: str
    object_uri: str
    target_uri: str | None = None


def undo(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Raises Invalid, Refused, NotFound."""
    what, who = _undone(desk, uow, doer, sent), doer.persona
    match what.type:
        case "Follow":
            bonds.unfollow(desk, uow, doer, actor_named(uow, what.object_uri))
        case "Like" | "EmojiReact":
            desk.posts.unreact(uow, post_named(uow, what.object_uri).id, who)
        case "Announce":
            desk.posts.unshare(uow, post_named(uow, what.object_uri).id, who)
        case "Block":
            desk.rooms.safety.lift(uow, who, actor_named(uow, what.object_uri).id)
        case "Lock":
            desk.rooms.groups.unlock(uow, post_named(uow, what.object_uri).id, who)
        case "Delete":
            desk.rooms.groups.restore(uow, post_named(uow, what.object_uri).id, who)
        case "Add":
            keeping.remove(desk, uow, doer, _again("Remove", what))
        case "Remove":
            keeping.add(desk, uow, doer, _again("Add", what))
        case _:
            accepted = "Follow, Like, EmojiReact, Announce, Block, Lock, Delete, Add and Remove"
            raise Refused(f"{accepted} can be undone", "unsupported-type")
    return Done(
        type="Undo",
        object_uri=what.object_uri,
        inner_type=what.type,
        target_uri=what.target_uri,
    )


def _again(kind: str, what: Undone) -> Submission:
    raw = {"target": what.target_uri}
    return Submission(type=kind, object=what.object_uri, addressed={}, raw=raw)


def _undone(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Undone:
    inner = sent.inner
    if inner.get("type") and inner.get("object"):
        target = inner.get("target")
        return Undone(
            str(inner["type"]),
            id_of(inner["object"], "object.object"),
            None if target is None else id_of(target, "object.target"),
        )
    return _by_id(desk, uow, doer, sent.object_id)


def _by_id(desk: Desk, uow: UnitOfWork, doer: Doer, uri: str) -> Undone:
    """The persona's own activity with this id."""
    number, who = number_below(uri, desk.origin, "/activities/") or 0, doer.persona
    block = number_below(uri, desk.origin, BLOCKS)
    if block is not None:
        blocked = uow.actors.get(block)
        if blocked is None:
            raise NotFound
        return Undone("Block", blocked.uri)
    if uri.startswith(f"{desk.origin}{FOLLOWS}"):
        return Undone("Follow", _followed(desk, uow, uri))
    act = uow.client_acts.get(number, who.id)
    if act is not None:
        return Undone(act.type, act.object_uri, act.target_uri)
    share = uow.shares.get(number)
    if share is not None and share.actor_id == who.id:
        return Undone("Announce", _uri_of(uow, share.post_id))
    reaction = uow.client_reading.reaction(number, who.id)
    if reaction is not None:
        return Undone("Like", _uri_of(uow, reaction.post_id))
    sent = uow.activities.get(number)
    if sent is None or sent.actor_id != who.id or not sent.body:
        raise NotFound
    document = msgspec.json.decode(sent.body, type=dict[str, object])
    target = document.get("target")
    return Undone(
        sent.type,
        id_of(document.get("object"), "object"),
        target if isinstance(target, str) else None,
    )


def _followed(desk: Desk, uow: UnitOfWork, uri: str) -> str:
    """Whom a Follow is about that waits under an id of ours: `<followed>/<follower>`."""
    followed = number_below(uri.rpartition("/")[0], desk.origin, FOLLOWS)
    actor = uow.actors.get(followed or 0)
    if actor is None:
        raise NotFound
    return actor.uri


def _uri_of(uow: UnitOfWork, post_id: int) -> str:
    post = uow.posts.get(post_id)
    if post is None:
        raise NotFound
    return post.uri
