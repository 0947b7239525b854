"""Where pages find the word rules in the application."""

from node.hints.service import Hints
from node.web.keys import AppKey

HINTS = AppKey("hints", Hints)
