"""All use cases of profiles on one object, so that pages, clients and inbox hold the same thing."""

from node.profiles.following import Following
from node.profiles.handing_on import HandingOn
from node.profiles.reacting import Reacting
from node.profiles.writing import Writing


class Profiles(Writing, Reacting, HandingOn, Following):
    """Synchronous functions of an open unit of work: they cannot await, and they never commit."""
