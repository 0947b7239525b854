"""All use cases of buddies on one object. Nothing here knows the wire: who is whose buddy, what
they share and when one of them had a hard moment never leave this node, and no other room ranks,
counts or moderates by it.
"""

from node.buddies.moments import Moments
from node.buddies.prompting import Prompting


class Buddies(Moments, Prompting):
    """Synchronous functions of an open unit of work: they cannot await, and they never commit."""
