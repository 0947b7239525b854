"""Where the pages of what waits find their use cases in the application."""

from node.sending.service import Sending
from node.web.keys import AppKey

SENDING = AppKey("sending", Sending)
