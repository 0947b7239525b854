"""Whom we believe: the only place that makes a `Verified` (DESIGN section 4, FEP-fe34).

An activity counts when the signed request's key belongs to its actor, when it carries a valid
FEP-8b32 proof of its actor, or when it was fetched from its actor's own authority at its id. What a
group announces is a pointer until one of the three holds for it; a group's own moderation verbs
count for that group's content alone. Linked-data signatures never count.
"""

from dataclasses import InitVar, dataclass
from typing import Final, Generic, Literal, TypeVar

from activitypub.vocabulary import Activity
from federation.fetch import FetchedPost

__all__ = ["FetchedPost", "How", "Verified"]

How = Literal["signature", "proof", "fetch", "same-origin", "group"]
A = TypeVar("A", bound=Activity, covariant=True)

_MADE_HERE: Final = object()


@dataclass(frozen=True, slots=True)
class Verified(Generic[A]):
    """An activity that we believe, and why.

    `how` is "group" for a moderation verb (Delete, Lock, Undo of either, Add, Remove) that only the
    announcing group vouches for: handlers confine it to the content of the group `via`. `via` is the
    URI of the announcing group, or None for what its actor sent us itself.
    """

    activity: A
    how: How
    via: str | None
    token: InitVar[object]

    def __post_init__(self, token: object) -> None:
        if token is not _MADE_HERE:
            raise TypeError("only federation.verify says that an activity is verified")
