"""Whom one may block. Pure.

A block is silent and needs no reason. Whoever may block learns of nothing: a person that is not
there for them cannot be blocked either.
"""

from node.errors import Invalid
from node.i18n import N_
from storage.actors import Actor

BLOCKS_MOST = 1000
"""Blocks of one persona; a list that somebody can still look through."""


def check_block(other: Actor, own: frozenset[int], blocked: int) -> None:
    """`own` are the personas of the one who blocks, `blocked` how many it blocked before. Raises
    Invalid."""
    if other.id in own:
        raise Invalid("", N_("This is you. You can only block other people."))
    if blocked >= BLOCKS_MOST:
        raise Invalid("", N_("Your list of blocks is full. Lift one that you no longer need."))
