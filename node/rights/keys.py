"""Where the pages of one's rights find their use cases in the application."""

from node.rights.service import Rights
from node.web.keys import AppKey

RIGHTS = AppKey("rights", Rights)
