"""Where the pages of safety find their use cases in the application."""

from node.safety.filters import Filters
from node.safety.muting import Muting
from node.safety.newcomers import Newcomers
from node.safety.service import Safety
from node.web.keys import AppKey

SAFETY = AppKey("safety", Safety)
NEWCOMERS = AppKey("newcomers", Newcomers)
FILTERS = AppKey("filters", Filters)
MUTING = AppKey("muting", Muting)
