"""Whom one may block. Pure.

A block is silent and needs no reason. Whoever may block learns of nothing: a person that is not
there for them cannot be blocked either.
"""

from node.errors import Invalid, NotFound
from node.i18n import N_
from node.visibility import may_see_persona
from storage.actors import Actor

BLOCKS_MOST = 1000
"""Blocks of one persona; a list that somebody can still look through."""


def check_block(
    persona: Actor, other: Actor | None, own: frozenset[int], hidden: frozenset[int], blocked: int
) -> Actor:
    """Who shall be blocked. `own` are the personas of the account behind `persona`, `hidden` whom
    it does not see, `blocked` how many it blocked before. Raises NotFound and Invalid."""
    if other is None or not may_see_persona(other, hidden):
        raise NotFound
    if other.id in own:
        raise Invalid("", N_("This is you. You can only block other people."))
    if blocked >= BLOCKS_MOST:
        raise Invalid("", N_("Your list of blocks is full. Lift one that you no longer need."))
    return other
