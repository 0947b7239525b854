"""Before something is sent: a kind word to whoever writes it, from the same rules as afterwards.

Whoever seems not to be safe is shown where help is, and may then send what they wrote; what tells
details that could hurt others is shown to its author once more. Nothing is kept of it, and nobody
else learns of it. Other composers (coping cards, stories) call `insist_minded` as these do.
"""

from collections.abc import Iterable

from node.errors import Invalid
from node.i18n import N_
from node.safety.risk import Risk
from storage.unit_of_work import UnitOfWork

FIELD = "minded"
"""The form's own word that its author has seen it; also where the pages show it."""

HELP_FIRST = N_(
    "This sounds very hard. If you are not safe, please get help now; your words stay here. You "
    "can send them as they are, too. A person of the team will then look, and other nodes get them "
    "after that."
)
DETAILS = N_(
    "This may tell how, with what or where, and that can hurt somebody who reads it on a bad day. "
    "Would you leave it out? How you feel may stand. As it is, a person of the team looks first."
)


def insist_minded(uow: UnitOfWork, risk: Risk, seen: str, said: Iterable[str]) -> None:
    """Go on unless the rules speak up and the author has not been shown that (`seen` is what the
    form's field says). Raises Invalid for FIELD, with what to say."""
    if seen == "yes":
        return
    found = risk.found_in(uow, " ".join(said))
    if not found:
        return
    raise Invalid(FIELD, HELP_FIRST if found[0].severity > 1 else DETAILS)
