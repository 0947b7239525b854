"""Where the pages of safety find their use cases in the application."""

from node.safety.newcomers import Newcomers
from node.safety.service import Safety
from node.web.keys import AppKey

SAFETY = AppKey("safety", Safety)
NEWCOMERS = AppKey("newcomers", Newcomers)
