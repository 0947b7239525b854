"""Where the pages of worries find their use cases in the application."""

from node.safety.risk import Risk
from node.web.keys import AppKey
from node.worries.service import Worries

WORRIES = AppKey("worries", Worries)
RISK = AppKey("risk", Risk)
