"""Typed keys of the application's and the request's state that every page may need.

Rooms keep their own keys beside their pages (`node.groups.keys`, `node.accounts.keys`), since the
shell knows no room. `shell.furnish` fills these.
"""

from aiohttp import web

from node.config import Config
from node.ports import Clock
from node.viewer import Viewer
from node.web.assets import Assets
from node.web.doorkeeper import Doorkeeper
from node.web.i18n import Tongue, Tongues
from node.web.templates import Templates
from storage.database import Database

AppKey = web.AppKey

CONFIG = web.AppKey("config", Config)
DB = web.AppKey("db", Database)
NOW = web.AppKey[Clock]("now")
ASSETS = web.AppKey("assets", Assets)
TEMPLATES = web.AppKey("templates", Templates)
TONGUES = web.AppKey("tongues", Tongues)
DOORKEEPER = web.AppKey[Doorkeeper]("doorkeeper")

VIEWER = web.RequestKey[Viewer | None]("viewer")
"""Who asks; None for a visitor. Set for every request."""

TONGUE = web.RequestKey("tongue", Tongue)
"""The language of the answer. Set for every request."""

FORM_TOKEN = web.RequestKey[str]("form-token")
"""The token that forms of this page carry, once one was asked for."""

FORM_BODY = web.RequestKey[dict[str, str]]("form-body")
"""The posted fields, once they were read."""
