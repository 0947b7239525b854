"""Where pages find what they need of special days in the application."""

from node.remembering.service import Remembering
from node.web.keys import AppKey

REMEMBERING = AppKey("remembering", Remembering)
