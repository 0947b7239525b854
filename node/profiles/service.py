"""All use cases of profiles on one object, so that pages, clients and inbox hold the same thing."""

from node.profiles.parting import Parting
from node.profiles.reacting import Reacting
from node.profiles.writing import Writing


class Profiles(Writing, Reacting, Parting):
    """Synchronous functions of an open unit of work: they cannot await, and they never commit."""
