"""Keeping somebody, or a whole node, at a distance: what they write is left out of the lists that
one reads, and nothing else changes. Nobody is told, nobody is cut off, and whoever moderates a
group still sees all that is written in it.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from node.errors import Invalid, NotFound
from node.ports import Clock, NewId
from node.visibility import may_read_group, may_see_persona
from storage.actors import Actor
from storage.mutes import Mute, MutedNode
from storage.unit_of_work import UnitOfWork

MUTES_MOST: Final = 5000
NODES_MOST: Final = 500
LONGEST: Final = timedelta(days=3650)
NOTE_MOST: Final = 2000
"""Characters of a note about somebody."""
_AUTHORITY = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a reader does not want in lists: `people` by id, and all of these `nodes`."""

    people: frozenset[int] = frozenset()
    nodes: frozenset[str] = frozenset()

    def has(self, actor: Actor) -> bool:
        """Whether what this one writes is left out."""
        return actor.id in self.people or actor.authority in self.nodes


class Muting:
    """Use cases of mutes and of notes about people."""

    def __init__(self, now: Clock, new_id: NewId, authority: str) -> None:
        self._now = now
        self._new_id = new_id
        self._authority = authority

    def left_out(self, uow: UnitOfWork, reader: Actor | None) -> LeftOut:
        """Two queries, whatever they are used for."""
        if reader is None:
            return LeftOut()
        return LeftOut(uow.mutes.hides(reader.id, self._now()), uow.mutes.nodes(reader.id))

    def mute(
        self,
        uow: UnitOfWork,
        persona: Actor,
        other_id: int,
        *,
        notifications: bool = True,
        seconds: int = 0,
    ) -> None:
        """Do not read somebody, for good or for so many seconds. A second time replaces the first.
        Raises NotFound and Invalid."""
        other = self.known(uow, persona, other_id)
        if other.id == persona.id:
            raise Invalid("id", "You cannot mute yourself")
        if len(uow.mutes.hides(persona.id, self._now())) >= MUTES_MOST:
            raise Invalid(
                "id", f"You mute {MUTES_MOST} people already; read one of them again first"
            )
        ends = self._now() + min(timedelta(seconds=seconds), LONGEST) if seconds > 0 else None
        uow.mutes.put(
            Mute(
                id=self._new_id(),
                persona_id=persona.id,
                muted_id=other.id,
                notifications=notifications,
                expires_at=ends,
                created_at=self._now(),
            )
        )

    def unmute(self, uow: UnitOfWork, persona: Actor, other_id: int) -> None:
        """Read somebody again. Where there was no mute, nothing changes."""
        uow.mutes.lift(persona.id, other_id)

    def mute_node(self, uow: UnitOfWork, persona: Actor, authority: str) -> None:
        """Read nothing of a node. It stays as it is for everybody else. Raises Invalid."""
        name = authority_of(authority)
        if name == self._authority:
            raise Invalid("domain", "This is the node that you are on; mute or block its people")
        if len(uow.mutes.nodes(persona.id)) >= NODES_MOST:
            raise Invalid("domain", f"You leave out {NODES_MOST} nodes already")
        uow.mutes.put_node(MutedNode(id=self._new_id(), persona_id=persona.id, authority=name))

    def unmute_node(self, uow: UnitOfWork, persona: Actor, authority: str) -> None:
        """Read a node again. Where it was read, nothing changes. Raises Invalid."""
        uow.mutes.lift_node(persona.id, authority_of(authority))

    def note(self, uow: UnitOfWork, persona: Actor, other_id: int, words: str) -> None:
        """Keep a note about somebody, for oneself; no words, no note. Raises NotFound, Invalid."""
        other = self.known(uow, persona, other_id)
        if len(words) > NOTE_MOST:
            raise Invalid("comment", f"Validation failed: Comment fits {NOTE_MOST} characters")
        uow.person_notes.put(persona.id, other.id, words.strip())

    def known(self, uow: UnitOfWork, persona: Actor, other_id: int) -> Actor:
        """Somebody, or a group, that is there for the persona. Raises NotFound."""
        other, hidden = uow.actors.get(other_id), uow.blocks.hides(persona.id)
        group, membership = uow.groups.get(other_id), uow.memberships.get(other_id, persona.id)
        if group is not None and may_read_group(group.group, persona, membership):
            return group.actor
        if other is None or not may_see_persona(other, hidden):
            raise NotFound
        return other


def authority_of(text: str) -> str:
    """host[:port] as nodes are known by. Raises Invalid."""
    name = text.strip().lower().removesuffix(".")
    try:
        name = name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        name = ""
    if not _AUTHORITY.fullmatch(name):
        raise Invalid("domain", "Validation failed: Domain must be a name such as example.org")
    return name
