"""All use cases of groups on one object, so that pages, API and inbox hold the same thing."""

from node.groups.belonging import Belonging
from node.groups.moderating import Moderating
from node.groups.posting import Posting
from node.groups.reacting import Reacting


class Groups(Belonging, Posting, Reacting, Moderating):
    """Synchronous functions of an open unit of work: they cannot await, and they never commit."""
