"""Add and Remove of collections, Lock of a thread, and Flag: what keeps order."""

from node.clients.c2s.acts import collecting
from node.clients.c2s.acts.desk import (
    COLLECTIONS,
    MESSAGES,
    Desk,
    Doer,
    Done,
    actor_named,
    group_with,
    number_below,
    post_named,
)
from node.clients.c2s.submission import Submission, id_of, ids_of, words
from node.errors import Invalid, NotFound
from node.groups.place import group_for
from node.moderation.from_apps import AppReport
from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork


def add(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Into a collection of one's own; as a moderator, to the moderators or the pinned threads of a
    group. Raises Invalid, Refused, NotFound."""
    return _change(desk, uow, doer, sent, "Add", _target(sent, "target"))


def remove(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Out of one of these. Raises Invalid, Refused, NotFound."""
    name = "target" if sent.raw.get("target") is not None else "origin"
    return _change(desk, uow, doer, sent, "Remove", _target(sent, name))


def _target(sent: Submission, name: str) -> str:
    if sent.raw.get(name) is None:
        raise Invalid("target", f"{sent.type} needs a target: the id of a collection")
    return id_of(sent.raw[name], name)


def _change(
    desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission, kind: str, target: str
) -> Done:
    uris = ids_of(sent.object, "object")
    if number_below(target, desk.origin, COLLECTIONS) is not None:
        change = collecting.put if kind == "Add" else collecting.take
        change(desk, uow, doer, target, uris)
    elif (group := group_with(uow, target, "featured")) is not None:
        _pin(desk, uow, doer, group, uris[0], kind)
    elif (group := group_with(uow, target, "moderators")) is not None:
        _name_moderator(desk, uow, doer, group, uris[0], kind)
    else:
        raise NotFound
    return Done(type=kind, object_uri=uris[0], target_uri=target)


def _pin(
    desk: Desk, uow: UnitOfWork, doer: Doer, group: GroupWithActor, uri: str, kind: str
) -> None:
    groups, post = desk.rooms.groups, post_named(uow, uri)
    if post.group_id != group.actor.id:
        raise NotFound
    (groups.pin if kind == "Add" else groups.unpin)(uow, post.id, doer.persona)


def _name_moderator(
    desk: Desk, uow: UnitOfWork, doer: Doer, group: GroupWithActor, uri: str, kind: str
) -> None:
    groups, who = desk.rooms.groups, doer.persona
    group = group_for(uow, group.actor.id, who)
    other = actor_named(uow, uri)
    change = groups.add_moderator if kind == "Add" else groups.remove_moderator
    change(uow, group, who, other)


def lock(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """No new replies in a thread of a group that one moderates. Raises Refused, NotFound."""
    post = post_named(uow, sent.object_id)
    desk.rooms.groups.lock(uow, post.id, doer.persona, words(sent.raw, "summary"))
    return Done(type="Lock", object_uri=post.uri)


def flag(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Tell the staff of this node about posts, messages or a person, one report for each author;
    what is reported never learns of it, and nothing leaves. Raises Invalid, Refused, NotFound."""
    uris = ids_of(sent.object, "object")
    said = words(sent.raw, "content") or words(sent.raw, "summary") or ""
    for subject_id, things in _blamed(desk, uow, doer, uris).items():
        draft = AppReport(subject_id=subject_id, status_ids=tuple(things), words=said)
        desk.rooms.moderation.from_apps.report(uow, doer.viewer, draft)
    return Done(type="Flag", object_uri=uris[0])


def _blamed(desk: Desk, uow: UnitOfWork, doer: Doer, uris: tuple[str, ...]) -> dict[int, list[int]]:
    """The numbers of what was named, by author. Beside posts, an actor only says whose they are."""
    found: dict[int, list[int]] = {}
    for uri in uris:
        message = number_below(uri, desk.origin, MESSAGES)
        if message is not None:
            received = desk.rooms.moderation.reporting.received(uow, doer.viewer, message)
            authors = [one.author_id for one in received if one.id == message]
        elif (post := uow.posts.by_uri(uri)) is not None:
            message, authors = post.id, [post.author_id]
        else:
            continue
        for author in authors:
            found.setdefault(author, []).append(message)
    return found or {actor_named(uow, uris[0]).id: []}
