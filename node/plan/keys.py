"""Where the pages of the plan find their use cases in the application."""

from node.plan.service import Plans
from node.web.keys import AppKey

PLANS = AppKey("plans", Plans)
