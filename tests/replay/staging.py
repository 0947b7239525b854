"""Which scene each kind of activity needs, so that it could take effect if it should."""

from dataclasses import replace
from typing import Any

from storage.unit_of_work import UnitOfWork
from tests.replay.scene import PUBLIC, Scene, uri_of, uris_of

OWN_GROUP = "https://somewhere.test/groups/other"


def stage(uow: UnitOfWork, scene: Scene, document: dict[str, Any]) -> None:
    """Set the stage for an activity that arrives by itself, or in a group's Announce."""
    kind, actor = document.get("type"), uri_of(document.get("actor"))
    if actor is None:
        return
    if kind == "Announce":
        scene.group(actor, hosted=False)
        for item in _items(document.get("object")):
            _stage_inner(uow, scene, item, actor)
        return
    if kind == "Follow":
        followed = uri_of(document.get("object"))
        if followed:
            scene.group(followed, hosted=True)
        scene.actor(actor)
        return
    if kind in ("Accept", "Reject"):
        _stage_answer(scene, document, actor)
        return
    _stage_act(uow, scene, document, actor, hosted=True)


def _items(value: Any) -> list[dict[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [value for value in values if isinstance(value, dict)]


def _stage_inner(uow: UnitOfWork, scene: Scene, inner: dict[str, Any], group: str) -> None:
    actor = uri_of(inner.get("actor")) or uri_of(inner.get("attributedTo"))
    if actor is not None:
        _stage_act(uow, scene, inner, actor, hosted=False, group_uri=group)


def _stage_answer(scene: Scene, document: dict[str, Any], actor: str) -> None:
    follow = document.get("object")
    if isinstance(follow, dict) and follow.get("type") == "Follow":
        persona, follow_uri = uri_of(follow.get("actor")), uri_of(follow)
        if persona and follow_uri:
            scene.asked(actor, persona, follow_uri)
    elif isinstance(follow, str):
        scene.asked(actor, "https://somewhere.test/personas/member", follow)


def _group_of(document: dict[str, Any], actor: str) -> str:
    """The group an activity is for: where it says so, else one that nobody named."""
    thing = document.get("object")
    places = [document, thing] if isinstance(thing, dict) else [document]
    if isinstance(thing, dict) and isinstance(thing.get("object"), dict):
        places.append(thing["object"])
    authors = {actor, *(uri for place in places for uri in uris_of(place.get("attributedTo")))}
    for field in ("audience", "cc", "to"):
        for place in places:
            for uri in uris_of(place.get(field)):
                if uri in PUBLIC or uri in authors or uri.endswith(("/followers", "/following")):
                    continue
                return uri
    return OWN_GROUP


def _stage_act(
    uow: UnitOfWork,
    scene: Scene,
    document: dict[str, Any],
    actor: str,
    *,
    hosted: bool,
    group_uri: str | None = None,
) -> None:
    if document.get("type") == "Undo" and isinstance(document.get("object"), dict):
        inner = document["object"]
        if inner.get("type") == "Follow":
            _stage_undone_follow(scene, inner, actor)
            return
    target = uri_of(document.get("target"))
    lists = {}
    if target is not None:
        lists = {"featured" if "featured" in target or "pinned" in target else "moderators": target}
    name = group_uri or _group_of(document, actor)
    if name == actor:
        return
    if target is not None and hosted:
        name = target.rsplit("/", 1)[0]
    group = scene.group(name, hosted=hosted, **lists)
    if lists and group_uri is not None:
        _name_lists(uow, group.actor.id, lists)
    moderates = document.get("type") in ("Add", "Remove", "Lock", "Block") or "summary" in document
    undone = document.get("object")
    if document.get("type") == "Undo" and isinstance(undone, dict):
        moderates = undone.get("type") in ("Lock", "Delete")
    scene.member(group, actor, role="moderator" if moderates else "member")
    _stage_object(uow, scene, document, actor, group)


def _name_lists(uow: UnitOfWork, group_id: int, lists: dict[str, str]) -> None:
    """A group that was known before gets the collections this document names."""
    actor = uow.actors.get(group_id)
    assert actor is not None
    named = replace(
        actor,
        featured=lists.get("featured", actor.featured),
        moderators=lists.get("moderators", actor.moderators),
    )
    uow.actors.upsert_remote(named)


def _stage_undone_follow(scene: Scene, inner: dict[str, Any], actor: str) -> None:
    followed, follow_uri = uri_of(inner.get("object")), uri_of(inner)
    if followed is not None:
        group = scene.group(followed, hosted=True)
        scene.member(group, actor, follow_uri=follow_uri)


def _stage_object(
    uow: UnitOfWork, scene: Scene, document: dict[str, Any], actor: str, group: Any
) -> None:
    kind, thing = document.get("type"), document.get("object")
    if kind in ("Create", "Note", "Page", "Article"):
        note = thing if isinstance(thing, dict) else document
        answered = uri_of(note.get("inReplyTo"))
        if answered is not None:
            scene.post(group, answered, "https://elsewhere.test/users/asker")
        return
    uri = uri_of(thing)
    if uri is None:
        return
    if kind in ("Add", "Remove") and "moderators" in str(document.get("target")):
        scene.member(group, uri, role="member" if kind == "Add" else "moderator")
    elif kind == "Undo" and isinstance(thing, dict):
        _stage_undone(uow, scene, thing, actor, group)
    elif kind == "Update" and isinstance(thing, dict) and "inbox" in thing:
        scene.actor(uri)
    elif (
        kind in ("Update", "Like", "EmojiReact", "Lock", "Add", "Remove", "Delete") and uri != actor
    ):
        other = "summary" in document or kind in ("Like", "EmojiReact")
        author = "https://elsewhere.test/users/writer" if other else actor
        post_id = scene.post(group, uri, author)
        if kind == "Remove":
            uow.posts.pin(post_id, uow.posts.get(post_id).created_at)  # type: ignore[union-attr]


def _stage_undone(
    uow: UnitOfWork, scene: Scene, inner: dict[str, Any], actor: str, group: Any
) -> None:
    uri = uri_of(inner.get("object"))
    if uri is None:
        return
    post_id = scene.post(group, uri, "https://elsewhere.test/users/writer")
    post = uow.posts.get(post_id)
    assert post is not None
    if inner.get("type") in ("Like", "EmojiReact"):
        scene.reaction(post_id, actor, uri_of(inner))
    elif inner.get("type") == "Lock":
        uow.posts.lock(post_id, post.created_at)
    elif inner.get("type") == "Delete":
        uow.posts.remove(post_id, None, "reason", post.created_at)
