"""The shape of a small community: people, groups, and what they have said to each other."""

from dataclasses import dataclass
from typing import Literal

PASSWORD = "willows along the river"  # noqa: S105  (printed for everybody who tries the demo)

Visibility = Literal["public", "local", "private"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who lives there; signs in with the handle too."""

    handle: str
    name: str
    administrator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedGroup:
    """A group, the one who looks after it, and who else has joined."""

    handle: str
    name: str
    visibility: Visibility
    founder: str
    members: tuple[str, ...]
    summary: str
    guidelines: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedReply:
    """A reply, who reacted to it and how, and what was answered."""

    author: str
    text: str
    content_warning: str | None = None
    reactions: tuple[tuple[str, str], ...] = ()
    replies: "tuple[SeedReply, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedThread:
    """A thread with everything below it."""

    group: str
    author: str
    title: str
    text: str
    reply_wanted: str
    content_warning: str | None = None
    reactions: tuple[tuple[str, str], ...] = ()
    replies: tuple[SeedReply, ...] = ()
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody joins a group of the other node and answers a thread there, by its title."""

    visitor: str
    group: str
    title: str
    text: str
    reaction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """One node's people and their conversations. `key` is what the demo calls the node."""

    key: str
    name: str
    people: tuple[Person, ...]
    groups: tuple[SeedGroup, ...]
    threads: tuple[SeedThread, ...]
    visits: tuple[Visit, ...]
