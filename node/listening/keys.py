"""Where the pages of listening find their use cases in the application."""

from node.listening.service import Listening
from node.web.keys import AppKey

LISTENING = AppKey("listening", Listening)
