"""Where the pages of circles find their use cases in the application."""

from node.circles.service import Circles
from node.web.keys import AppKey

CIRCLES = AppKey("circles", Circles)
