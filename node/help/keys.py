"""Where the pages of help find their use cases in the application."""

from node.help.service import Help
from node.web.keys import AppKey

HELP = AppKey("help", Help)
