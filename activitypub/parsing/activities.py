"""Activities of every dialect to one class per type.

A type that we do not speak, or an object of a type that we do not speak, gives `Unknown`: it is
kept and answered 202. A type we speak whose object cannot be read gives a WireError. Nothing is
ever half read.
"""

from collections.abc import Callable
from typing import Any

from activitypub.errors import WireError
from activitypub.parsing import fields
from activitypub.parsing.actors import parse_actor
from activitypub.parsing.envelope import sender
from activitypub.parsing.posts import parse_post, parse_tombstone
from activitypub.vocabulary import (
    ACTOR_TYPES,
    POST_TYPES,
    Accept,
    Activity,
    Add,
    Announce,
    Block,
    Create,
    Delete,
    Dislike,
    EmojiReact,
    Flag,
    Follow,
    Like,
    Lock,
    Post,
    Reject,
    Remove,
    Undo,
    Unknown,
    Update,
)

Document = dict[str, Any]
Common = dict[str, Any]

MAX_DEPTH = 3
"""Announce{Undo{Like}} is the deepest that any peer sends; one more is allowed for."""

BATCH_TYPES = frozenset({"OrderedCollection", "Collection"})


def parse_activity(document: Document) -> Activity:
    """The activity in `document`, typed.

    Raises WireError for a broken envelope (see `sender`), "no-object" or "too-nested", and the
    reasons of `parse_actor` and `parse_post` when the object cannot be read.
    """
    return _read(document, 0)


def _read(document: Document, depth: int) -> Activity:
    if depth > MAX_DEPTH:
        raise WireError("too-nested", "activities are nested too deeply")
    activity_id, actor, kind = sender(document)
    return _build(document, kind, _common(document, activity_id, actor), depth)


def _common(document: Document, activity_id: str, actor: str) -> Common:
    return {
        "id": activity_id,
        "actor": actor,
        "to": fields.references(document.get("to")),
        "cc": fields.references(document.get("cc")),
        "audience": fields.references(document.get("audience")),
        "published": fields.moment(document.get("published")),
        "raw": document,
    }


def _build(document: Document, kind: str, common: Common, depth: int) -> Activity:
    if kind in _SIMPLE:
        return _SIMPLE[kind](document, common)
    if kind in _NESTING:
        return _NESTING[kind](object=_inner(document, depth), **common)
    if kind in ("Create", "Update"):
        return _publishing(document, kind, common)
    if kind == "Announce":
        return Announce(objects=_announced(document, depth), **common)
    inner = document.get("object")
    inner_type = fields.type_name(inner.get("type")) if isinstance(inner, dict) else None
    return Unknown(type=kind, object_type=inner_type, **common)


def _object_id(document: Document) -> str:
    found = next(iter(fields.references(document.get("object"))), None)
    if found is None:
        raise WireError("no-object", "expected an object whose id is an http or https URL")
    return found


def _inner(document: Document, depth: int) -> Activity | str:
    """The activity that is accepted, rejected or undone, inline or by id.

    An inline one may lack an id (it is then the empty text): the receiver finds what is meant by
    its type, actor and object, as it must for Lemmy, which makes up new ids.
    """
    inner = document.get("object")
    if isinstance(inner, list) and len(inner) == 1:
        inner = inner[0]
    if not isinstance(inner, dict) or "type" not in inner:
        return _object_id(document)
    if depth >= MAX_DEPTH:
        raise WireError("too-nested", "activities are nested too deeply")
    if inner.get("id") is not None:
        return _read(inner, depth + 1)
    kind, actor = fields.document_type(inner), fields.reference(inner.get("actor"))
    if actor is None:
        raise WireError("no-object", "expected an inner activity with an actor")
    return _build(inner, kind, _common(inner, "", actor), depth + 1)


def _publishing(document: Document, kind: str, common: Common) -> Create | Update | Unknown:
    """Create and Update. An object that is neither post nor actor (a ChatMessage) is not ours."""
    inner = document.get("object")
    if isinstance(inner, list) and len(inner) == 1:
        inner = inner[0]
    publish: type[Create | Update] = Create if kind == "Create" else Update
    if not isinstance(inner, dict) or "type" not in inner:
        return publish(object=_object_id(document), **common)
    inner_type = fields.document_type(inner)
    if inner_type in POST_TYPES:
        return publish(object=parse_post(inner, author=common["actor"]), **common)
    if inner_type in ACTOR_TYPES and publish is Update:
        return Update(object=parse_actor(inner), **common)
    return Unknown(type=kind, object_type=inner_type, **common)


def _announced(document: Document, depth: int) -> tuple[Activity | Post | str, ...]:
    """What is handed on: one thing, a list, or a collection of them (FEP-1a11).

    A member of a batch that cannot be read is left out; nothing readable at all is an error.
    """
    inner = document.get("object")
    if isinstance(inner, dict) and fields.type_name(inner.get("type")) in BATCH_TYPES:
        listed = inner.get("orderedItems")
        inner = inner.get("items") if listed is None else listed
    members = fields.items(inner)
    if len(members) == 1:
        return (_announced_one(members[0], depth),)
    found: list[Activity | Post | str] = []
    for member in members:
        try:
            found.append(_announced_one(member, depth))
        except WireError:
            continue
    if not found:
        raise WireError("no-object", "expected something readable to announce")
    return tuple(found)


def _announced_one(value: object, depth: int) -> Activity | Post | str:
    if isinstance(value, dict) and "type" in value:
        kind = fields.document_type(value)
        if kind in POST_TYPES:
            return parse_post(value)
        if "actor" in value and kind not in ACTOR_TYPES:
            return _read(value, depth + 1)
    return _object_id({"object": value})


def _delete(document: Document, common: Common) -> Delete:
    inner = document.get("object")
    gone = isinstance(inner, dict) and inner.get("type") == "Tombstone"
    return Delete(
        object=_object_id(document),
        tombstone=parse_tombstone(inner) if gone and isinstance(inner, dict) else None,
        summary=_reason(document),
        with_replies=fields.flag(document.get("withReplies")),
        remove_data=fields.flag(document.get("removeData")),
        **common,
    )


def _reason(document: Document) -> str | None:
    """Why, in the moderator's words. Mbin sends a single space when no reason was given."""
    summary = fields.text(document.get("summary"), fields.MAX_REASON)
    return None if summary is None else summary.strip()


def _block(document: Document, common: Common) -> Block:
    ends = document.get("endTime")
    return Block(
        object=_object_id(document),
        target=fields.reference(document.get("target")),
        summary=_reason(document),
        end_time=fields.moment(document.get("expires") if ends is None else ends),
        remove_data=fields.flag(document.get("removeData")),
        **common,
    )


def _flag(document: Document, common: Common) -> Flag:
    objects = fields.references(document.get("object"))
    if not objects:
        raise WireError("no-object", "expected what is reported, by http or https URL")
    words = fields.text(document.get("content"), fields.MAX_REASON) or _reason(document)
    return Flag(objects=objects, content=words or None, **common)


def _emoji(document: Document) -> str | None:
    return fields.line(document.get("content"), fields.MAX_EMOJI)


def _emoji_react(document: Document, common: Common) -> EmojiReact:
    emoji = _emoji(document)
    if emoji is None:
        raise WireError("no-content", "expected an emoji in content")
    return EmojiReact(object=_object_id(document), content=emoji, **common)


_SIMPLE: dict[str, Callable[[Document, Common], Activity]] = {
    "Follow": lambda d, c: Follow(object=_object_id(d), **c),
    "Like": lambda d, c: Like(object=_object_id(d), content=_emoji(d), **c),
    "Dislike": lambda d, c: Dislike(object=_object_id(d), **c),
    "Add": lambda d, c: Add(object=_object_id(d), target=fields.reference(d.get("target")), **c),
    "Remove": lambda d, c: Remove(
        object=_object_id(d), target=fields.reference(d.get("target")), **c
    ),
    "Lock": lambda d, c: Lock(object=_object_id(d), summary=_reason(d), **c),
    "EmojiReact": _emoji_react,
    "Delete": _delete,
    "Block": _block,
    "Flag": _flag,
}
_NESTING: dict[str, Callable[..., Activity]] = {"Accept": Accept, "Reject": Reject, "Undo": Undo}

ACTIVITY_TYPES = frozenset({*_SIMPLE, *_NESTING, "Create", "Update", "Announce"})
"""The types that become a class of their own; all others are `Unknown`."""
