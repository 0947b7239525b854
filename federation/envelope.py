"""What the inbox reads of an activity before anyone believes it, and in which lane it waits."""

from dataclasses import dataclass
from typing import Any

from activitypub.parse import read_json, sender
from activitypub.parsing.fields import reference, references
from activitypub.vocabulary import PUBLIC

_PERSONAL = frozenset({"Follow", "Like", "Dislike", "EmojiReact", "Block", "Flag"})
"""Activities that only their own actor's others can follow upon: each actor is a lane."""
_WRAPPING = frozenset({"Announce", "Undo", "Accept", "Reject"})
_DEEPEST = 4
_WORDS = ("content", "contentMap", "summary", "summaryMap", "source", "attachment", "tag")
_ACTORS = frozenset({"Person", "Group", "Service", "Application", "Organization"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """The outside of an activity. `lane` is its ordering key: what has the same one keeps order."""

    id: str
    actor: str
    type: str
    object: str | None
    lane: str
    is_personal: bool = False
    """Whether it brings words that are addressed to some people and not to the public."""

    @property
    def erases_its_actor(self) -> bool:
        """Whether it is the Delete of an account by itself."""
        return self.type == "Delete" and self.object == self.actor


def read_envelope(body: bytes) -> Envelope:
    """The envelope of an activity in `body`. Raises WireError."""
    document = read_json(body)
    activity_id, actor, kind = sender(document)
    return Envelope(
        id=activity_id,
        actor=actor,
        type=kind,
        object=reference(document.get("object")),
        lane=_lane(document, kind, actor),
        is_personal=_is_personal(document, kind),
    )


def _is_personal(document: dict[str, Any], kind: str) -> bool:
    """As `activitypub.addressing.is_personal` says once more of what was parsed: the activity and
    the post in it both say whom they are for. What is for nobody named is no message."""
    post = document.get("object")
    if kind not in ("Create", "Update") or not isinstance(post, dict):
        return False
    if str(post.get("type")) in _ACTORS:  # whatever stands there, a list as well
        return False
    if _is_vote(post):
        return False
    for part in (document, post):
        named = (*references(part.get("to")), *references(part.get("cc")))
        if named and PUBLIC not in named:
            return True
    return False


def _is_vote(post: dict[str, Any]) -> bool:
    """A vote in a poll is sent to its author alone and holds no words but those of an option."""
    if not post.get("name") or not post.get("inReplyTo"):
        return False
    return not any(post.get(member) for member in _WORDS)


def _lane(document: dict[str, Any], kind: str, actor: str) -> str:
    """The root object that the activity is about, however it is wrapped; else its actor.

    A reaction and its Undo share their actor's lane instead, so that a thousand people who react to
    one post do not queue behind one another.
    """
    for _ in range(_DEEPEST):
        inner = document.get("object")
        if isinstance(inner, list) and len(inner) == 1:
            inner = inner[0]
        if kind in _PERSONAL:
            return reference(document.get("actor")) or actor
        if kind not in _WRAPPING or not isinstance(inner, dict) or "object" not in inner:
            break
        document, kind = inner, str(inner.get("type"))
    return reference(document.get("object")) or actor
