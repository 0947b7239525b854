"""Where the pages of this room find its use cases in the application."""

from node.web.keys import AppKey
from node.welcoming.service import Welcoming

WELCOMING = AppKey("welcoming", Welcoming)
