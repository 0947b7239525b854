"""“Did you feel heard?”: asked once, in words, answered by who likes to.

One answer is shown to nobody, and no person is rated by it. From ten people on a helper reads a
kind sentence about all of them together, and the safety lead how it goes on the node.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from node.errors import Invalid, Refused
from node.i18n import N_
from node.listening.pairing import Pairing
from node.listening.rules import FEW
from storage.actors import Actor
from storage.listening_record import Felt, HeardAnswer
from storage.unit_of_work import UnitOfWork

FELT: Final[tuple[tuple[Felt, str], ...]] = (
    ("yes", N_("Yes, I felt heard")),
    ("a-little", N_("A little")),
    ("not-yet", N_("Not this time")),
)
ALL: Final = 1000
YEAR: Final = timedelta(days=365)
MOST_FELT: Final = N_("Most of the people you listened to felt heard. Thank you.")
SOME_FELT: Final = N_("Many of the people you listened to felt at least a little heard. Thank you.")
MIXED: Final = N_(
    "People felt different things after talking with you, as people do. The unit about listening "
    "is short, and worth reading again."
)


@dataclass(frozen=True, slots=True)
class Heard:
    """How it goes on the node: shares in tenths, so that nobody can be counted out of them."""

    tenths: tuple[tuple[str, int], ...]


class Feeling(Pairing):
    """Use cases of what was felt."""

    def answer(self, uow: UnitOfWork, persona: Actor, session_id: int, felt: str) -> None:
        """Keep what the seeker felt. Raises NotFound, Refused, Invalid."""
        seat = self.seeking(uow, persona, session_id)
        helper_id = seat.session.helper_id
        if seat.session.state != "ended" or helper_id is None:
            raise Refused(N_("You can say so once the session has ended."), "state")
        for value, _ in FELT:
            if value == felt:
                uow.heard_answers.put(
                    HeardAnswer(
                        session_id=session_id,
                        seeker_id=persona.id,
                        helper_id=helper_id,
                        felt=value,
                        answered_at=self.now(),
                    )
                )
                return
        raise Invalid("felt", N_("Choose one of the three, or leave it."))

    def about_me(self, uow: UnitOfWork, persona: Actor) -> str | None:
        """A sentence for a helper; None until ten people have answered."""
        return sentence_of(uow.heard_answers.about(persona.id, ALL))

    def overview(self, uow: UnitOfWork) -> Heard | None:
        """For the safety lead; None until ten people have answered within a year."""
        return shares_of(uow.heard_answers.all(self.now() - YEAR, ALL))


def _each_once(answers: Iterable[tuple[int, Felt]]) -> list[Felt]:
    """The latest answer of each person: whoever came often does not weigh more."""
    latest: dict[int, Felt] = {}
    for account_id, felt in answers:
        latest.setdefault(account_id, felt)
    return list(latest.values())


def sentence_of(answers: Iterable[tuple[int, Felt]]) -> str | None:
    """What many answers together say; None below ten people."""
    felt = _each_once(answers)
    if len(felt) < FEW:
        return None
    counted = Counter(felt)
    if counted["yes"] * 2 > len(felt):
        return MOST_FELT
    if (counted["yes"] + counted["a-little"]) * 2 > len(felt):
        return SOME_FELT
    return MIXED


def shares_of(answers: Iterable[tuple[int, Felt]]) -> Heard | None:
    """The same for all of the node, as tenths; None below ten people."""
    felt = _each_once(answers)
    if len(felt) < FEW:
        return None
    counted = Counter(felt)
    return Heard(tuple((label, round(counted[value] * 10 / len(felt))) for value, label in FELT))
