"""What an app posted to the outbox, read. Pure.

Ids are the server's: whatever id was sent for something new counts for nothing. An object without
an activity is wrapped in a Create, and what the two are addressed to is copied both ways (W3C
ActivityPub 6.2, 6.2.1). Who is named in `bto` and `bcc` counts when it is decided who may read it,
and is then forgotten.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from activitypub.errors import WireError
from activitypub.parse import read_json
from activitypub.vocabulary import PUBLIC
from node.errors import Invalid, Refused

ACTIVITIES: Final = (
    *("Create", "Update", "Delete", "Follow", "Accept", "Reject", "Undo", "Add", "Remove"),
    *("Like", "EmojiReact", "Announce", "Block", "Flag", "Lock"),
)
POSTS: Final = ("Note", "Page", "Article", "Question")
COLLECTIONS: Final = ("Collection", "OrderedCollection")
ADDRESSES: Final = ("to", "cc", "bto", "bcc", "audience")
MANY: Final = 100
"""Ids of one property that are looked at; a longer list is refused."""

_PUBLIC_NAMES: Final = frozenset({PUBLIC, "as:Public", "Public"})

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """An activity as it was posted. `object` is an id or an object; `addressed` holds the ids of
    each addressing property, Public by its full name."""

    type: str
    object: Any
    addressed: Mapping[str, tuple[str, ...]]
    raw: Json

    @property
    def inner(self) -> Json:
        """The object, with nothing but its id where only that was sent."""
        return self.object if isinstance(self.object, dict) else {"id": self.object}

    @property
    def object_id(self) -> str:
        """The id of the object. Raises Invalid where there is none."""
        return id_of(self.object, "object")

    @property
    def everyone(self) -> tuple[str, ...]:
        """All ids that it is addressed to, each once."""
        return tuple(dict.fromkeys(one for ids in self.addressed.values() for one in ids))


def read_submission(body: bytes, owner: str) -> Submission:
    """The activity in the body of a POST by the persona with the id `owner`. Raises Refused, and
    Invalid that names the property."""
    try:
        document = read_json(body)
    except WireError as error:
        raise Invalid("", f"Send one JSON object of ActivityStreams: {error}") from error
    kind = type_of(document)
    if kind in POSTS or kind in COLLECTIONS:
        document = _wrapped(document)
        kind = "Create"
    if kind not in ACTIVITIES:
        accepted = ", ".join((*ACTIVITIES, *POSTS, *COLLECTIONS))
        raise Refused(f"{kind[:100]} is not understood here. Send {accepted}.", "unsupported-type")
    if "object" not in document or document["object"] in (None, "", []):
        raise Invalid("object", f"{kind} needs an object")
    _insist_own(document, "actor", owner)
    thing = document["object"]
    if kind == "Create" and isinstance(thing, dict):
        _insist_own(thing, "attributedTo", owner)
    return Submission(type=kind, object=thing, addressed=_addressed(document, kind), raw=document)


def type_of(document: Json, name: str = "type") -> str:
    """The type of an object, the first of several. Raises Invalid."""
    kind = document.get("type")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    if not isinstance(kind, str) or not kind:
        raise Invalid(name, "Say what it is: it needs a type")
    return kind.removeprefix("as:")


def id_of(value: Any, name: str) -> str:
    """The id in an id, in an object that has one, or in a list of one of them. Raises Invalid."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("id")
    if not isinstance(value, str) or not value or len(value) > 2048:
        raise Invalid(name, f"{name} must be an id")
    return value


def ids_of(value: Any, name: str) -> tuple[str, ...]:
    """The ids in one, or in a list. Raises Invalid."""
    if value is None:
        return ()
    values = value if isinstance(value, list) else [value]
    if len(values) > MANY:
        raise Invalid(name, f"{name} may have {MANY} entries")
    return tuple(dict.fromkeys(id_of(one, name) for one in values))


def words(thing: Json, name: str) -> str | None:
    """A text in natural language: the plain property, or the first of its Map (W3C ActivityStreams
    4.7). A list of words, as some programs write a name, is joined. Raises Invalid."""
    value = thing.get(name)
    if value is None and isinstance(thing.get(f"{name}Map"), dict):
        value = next(iter(thing[f"{name}Map"].values()), None)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        value = " ".join(value)
    if value is not None and not isinstance(value, str):
        raise Invalid(name, f"{name} must be text")
    return value


def language_of(thing: Json) -> str | None:
    """The language of the words, where the object says it."""
    for name in ("contentMap", "nameMap", "summaryMap"):
        tags = thing.get(name)
        if isinstance(tags, dict) and len(tags) == 1:
            tag = next(iter(tags))
            return None if tag in ("und", "unk") else tag
    language = thing.get("language")
    if isinstance(language, dict):  # as Lemmy writes it
        language = language.get("identifier")
    return language if isinstance(language, str) else None


def _wrapped(thing: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Create", "object": thing}


def _addressed(document: Json, kind: str) -> dict[str, tuple[str, ...]]:
    found = {name: list(_addresses(document, name)) for name in ADDRESSES}
    if kind == "Create" and isinstance(document["object"], dict):
        for name in ADDRESSES:
            found[name].extend(_addresses(document["object"], name))
    return {name: tuple(dict.fromkeys(ids)) for name, ids in found.items()}


def _addresses(thing: Json, name: str) -> Iterator[str]:
    for one in ids_of(thing.get(name), name):
        yield PUBLIC if one in _PUBLIC_NAMES else one


def _insist_own(thing: Json, name: str, owner: str) -> None:
    """Nobody speaks for another. Raises Refused."""
    if thing.get(name) is not None and ids_of(thing[name], name) != (owner,):
        raise Refused(
            f"{name} must be {owner}, whose outbox this is, or be left out", "actor-mismatch"
        )
