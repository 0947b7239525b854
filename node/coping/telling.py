"""Whether a card helped: each person's own note to themselves. Others learn what at least ten
people say, in what circumstances, and never how many they are."""

from dataclasses import dataclass
from typing import Final

from node.coping.rules import CONTEXTS, ENOUGH, said_by_enough
from node.coping.tools import Tools
from node.errors import Invalid
from node.i18n import N_
from node.topics import TOPICS
from storage.actors import Actor
from storage.card_experiences import Experience
from storage.unit_of_work import UnitOfWork

NOTE_MOST: Final = 500
HEARD: Final = 500
"""The newest notes of a card that are summed up."""
_KNOWN: Final = (*CONTEXTS, *(topic.slug for topic in TOPICS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """What enough people say of a card: circumstances in which it helped or did not. "" among them
    is simply that it did."""

    helped: tuple[str, ...] = ()
    did_not: tuple[str, ...] = ()


class Telling(Tools):
    """Use cases of who tried a card."""

    def say(
        self,
        uow: UnitOfWork,
        persona: Actor,
        post_id: int,
        *,
        helped: str,
        contexts: tuple[str, ...],
        note: str = "",
    ) -> Experience:
        """Remember how it went, instead of what was said before. Raises Invalid, NotFound."""
        self.shown(uow, post_id, persona)
        if helped not in ("yes", "no"):
            raise Invalid("helped", N_("Choose how it went. Both are good to know."))
        note = note.replace("\x00", "").strip()
        if len(note) > NOTE_MOST:
            raise Invalid("note", N_("Your note is too long; up to 500 characters fit."))
        one = Experience(
            id=self.new_id(),
            post_id=post_id,
            persona_id=persona.id,
            helped=helped == "yes",
            contexts=tuple(slug for slug in _KNOWN if slug in contexts),
            note=note,
            created_at=self.now(),
        )
        uow.card_experiences.put(one)
        return one

    def take_back(self, uow: UnitOfWork, persona: Actor, post_id: int) -> None:
        """As if nothing had been said."""
        uow.card_experiences.drop(post_id, persona.id)

    def voices(self, uow: UnitOfWork, post_id: int) -> Voices:
        """What enough people say. Nothing is opened while they are too few."""
        if uow.card_experiences.count(post_id) < ENOUGH:
            return Voices()
        heard = uow.card_experiences.of_post(post_id, HEARD)
        return Voices(
            helped=said_by_enough(_each(heard, helped=True)),
            did_not=said_by_enough(_each(heard, helped=False)),
        )


def _each(heard: list[tuple[int, Experience]], *, helped: bool) -> list[tuple[int, str]]:
    return [
        (account, what)
        for account, one in heard
        if one.helped is helped
        for what in ("", *one.contexts)
    ]
