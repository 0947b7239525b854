"""Where the pages of coping cards find their use cases in the application."""

from node.coping.service import Coping
from node.web.keys import AppKey

COPING = AppKey("coping", Coping)
