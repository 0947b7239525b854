"""Where the pages of goals find their use cases in the application."""

from node.goals.service import Goals
from node.web.keys import AppKey

GOALS = AppKey("goals", Goals)
