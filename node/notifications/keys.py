"""Typed keys of what the pages of news need."""

from node.notifications.service import Notifying
from node.web.keys import AppKey

NOTIFYING = AppKey("notifying", Notifying)
