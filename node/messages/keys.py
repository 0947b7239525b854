"""Where the pages of messages find their use cases in the application."""

from node.messages.service import Messages
from node.messages.streams import Streams
from node.web.keys import AppKey

MESSAGES = AppKey("messages", Messages)
STREAMS = AppKey("message-streams", Streams)
