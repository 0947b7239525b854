"""Where the pages of buddies find their use cases in the application."""

from node.buddies.service import Buddies
from node.web.keys import AppKey

BUDDIES = AppKey("buddies", Buddies)
