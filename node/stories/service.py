"""All use cases of stories on one object."""

from node.stories.gathering import Gathering
from node.stories.telling import Telling


class Stories(Telling, Gathering):
    """Synchronous functions of an open unit of work: they cannot await, and they never commit."""
