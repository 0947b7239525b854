"""All use cases of groups on one object, so that pages, API and inbox hold the same thing."""

from node.groups.applying import Applying
from node.groups.members import Listing
from node.groups.narrowing import Narrowing
from node.groups.parting import Parting
from node.groups.posting import Posting
from node.groups.reacting import Reacting
from node.groups.sharing import Sharing


class Groups(Parting, Posting, Reacting, Narrowing, Applying, Listing, Sharing):
    """Synchronous functions of an open unit of work: they cannot await, and they never commit."""
