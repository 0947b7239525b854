"""Typed keys of what the pages of news need."""

from node.notifications.apps import NewsOfApps
from node.notifications.service import Notifying
from node.web.keys import AppKey

NOTIFYING = AppKey("notifying", Notifying)

NEWS = AppKey("news", NewsOfApps)
"""The same as apps read it."""
