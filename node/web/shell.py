"""Puts the shell round an application: state, middlewares, headers and its own pages.

Middlewares from the outside in: posted files are let go; errors become answers; the viewer and the
language are recognised; whatever a session would change is checked to come from our own pages;
accounts that stand still are kept to what is open to them.
"""

from aiohttp import web

from node.config import Config
from node.ports import Clock
from node.web.assets import Assets
from node.web.csrf import guard_sessions
from node.web.doorkeeper import Doorkeeper
from node.web.errors import answer_errors
from node.web.files import FILE_LIMITS, FILES_HELD, FilesHeld, hold_files
from node.web.gate import keep_held
from node.web.headers import put_headers
from node.web.i18n import Tongues
from node.web.keys import ASSETS, CONFIG, DB, DOORKEEPER, NOW, TEMPLATES, TONGUES
from node.web.multipart import FileLimits
from node.web.routes import html_routes
from node.web.sessions import recognise
from node.web.templates import Templates
from storage.database import Database


def furnish(
    app: web.Application,
    *,
    config: Config,
    db: Database,
    doorkeeper: Doorkeeper,
    now: Clock,
    tongues: Tongues,
) -> None:
    """Call it once, before the rooms add their routes."""
    assets = Assets.load()
    app[CONFIG] = config
    app[DB] = db
    app[NOW] = now
    app[DOORKEEPER] = doorkeeper
    app[ASSETS] = assets
    app[TONGUES] = tongues
    names = {
        "node_name": config.node_name,
        "tab_name": config.tab_name or config.node_name,
        "leave_to": config.leave_to,
    }
    app[TEMPLATES] = Templates(tongues, assets, now, names)
    app[FILE_LIMITS] = FileLimits(
        max(config.pictures_per_message, config.pictures_per_post), config.picture_bytes
    )
    app[FILES_HELD] = FilesHeld()
    app.middlewares.extend((hold_files, answer_errors, recognise, guard_sessions, keep_held))
    app.on_response_prepare.append(put_headers)
    app.add_routes(html_routes(assets))
