"""Keys and addresses of the rooms of what peer support gives. A part of `node/site.py`."""

from typing import Final

from aiohttp import web

from node.buddies.keys import BUDDIES
from node.buddies.pages import routes as buddy_routes
from node.circles.keys import CIRCLES
from node.circles.pages import routes as circle_routes
from node.clients.budget import Budget
from node.coping.keys import COPING
from node.coping.pages import routes as coping_routes
from node.directory.api import routes as hsds_routes
from node.directory.keys import DIRECTORY, HSDS_BUDGET, READING_IN
from node.directory.pages import routes as directory_routes
from node.directory.reading_in import ReadingIn
from node.goals.keys import GOALS
from node.goals.pages import routes as goal_routes
from node.groups.keys import WAITS
from node.help.keys import HELP
from node.help.pages import routes as help_routes
from node.hints.keys import HINTS
from node.hints.pages import routes as hint_routes
from node.listening.keys import LISTENING
from node.listening.pages import routes as listening_routes
from node.plan.keys import PLANS
from node.plan.pages import routes as plan_routes
from node.remembering.keys import REMEMBERING
from node.remembering.pages import routes as remembering_routes
from node.replying.keys import REPLYING, THANKING
from node.replying.pages import routes as reply_routes
from node.rooms import Rooms
from node.sending.keys import SENDING
from node.sending.pages import routes as sending_routes
from node.stories.keys import STORIES
from node.stories.pages import routes as story_routes
from node.training.keys import TRAINING
from node.training.pages import routes as training_routes
from node.welcoming.keys import WELCOMING
from node.welcoming.pages import routes as welcoming_routes
from node.worries.keys import RISK, WORRIES
from node.worries.pages import routes as worry_routes

SUPPORT_PAGES: Final = (
    buddy_routes,
    circle_routes,
    coping_routes,
    goal_routes,
    directory_routes,
    listening_routes,
    hint_routes,
    reply_routes,
    help_routes,
    plan_routes,
    remembering_routes,
    training_routes,
    welcoming_routes,
    story_routes,
    sending_routes,
    worry_routes,
)
"""The pages of these rooms."""


def open_support(app: web.Application, rooms: Rooms) -> None:
    """Put each room into the site."""
    app[CIRCLES] = rooms.circles
    app[LISTENING], app[TRAINING] = rooms.listening, rooms.training
    _open_directory(app, rooms)
    app[REMEMBERING] = rooms.remembering
    app[WELCOMING] = rooms.welcoming
    app[STORIES] = rooms.stories
    app[HELP], app[PLANS] = rooms.help, rooms.plans
    app[SENDING], app[RISK], app[WORRIES] = rooms.sending, rooms.risk, rooms.worries
    app[GOALS], app[BUDDIES] = rooms.goals, rooms.buddies
    app[HINTS], app[WAITS] = rooms.hints, rooms.replying.waits
    app[REPLYING], app[THANKING] = rooms.replying, rooms.thanking
    for routes in SUPPORT_PAGES:
        app.add_routes(routes())
    app[COPING] = rooms.coping


def _open_directory(app: web.Application, rooms: Rooms) -> None:
    app[DIRECTORY] = rooms.directory
    reading_in = app[READING_IN] = ReadingIn(rooms.db, rooms.directory.importing)

    async def stop_reading_in(_app: web.Application) -> None:
        await reading_in.close()

    app.on_shutdown.append(stop_reading_in)
    calls = 0 if rooms.config.test_mode else rooms.config.client_calls
    app[HSDS_BUDGET] = Budget(calls, rooms.now)
    # No pages, so not among them.
    app.add_routes(hsds_routes())
