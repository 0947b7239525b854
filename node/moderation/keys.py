"""Where the pages of moderation find their use cases in the application."""

from node.moderation.service import Moderation
from node.web.keys import AppKey

MODERATION = AppKey("moderation", Moderation)
