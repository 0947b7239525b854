"""Where pages and doors find the use cases of replying in the application."""

from node.replying.service import Replying
from node.replying.thanking import Thanking
from node.web.keys import AppKey

REPLYING = AppKey("replying", Replying)
THANKING = AppKey("thanking", Thanking)
