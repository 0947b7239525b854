"""All use cases of coping cards on one object."""

from node.coping.collecting import Collecting
from node.coping.library import Library
from node.coping.starting import Starting
from node.coping.suggesting import Suggesting


class Coping(Starting, Library, Suggesting, Collecting):
    """Synchronous functions of an open unit of work: they cannot await, and they never commit."""
