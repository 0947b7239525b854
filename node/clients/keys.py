"""Where the doors for client apps find what they share in the application."""

from typing import Final

from aiohttp import web

from node.accounts.introducing import Introducing
from node.clients.marking import Marking
from node.clients.posts import Posts
from node.clients.scheduling import Scheduling
from node.profiles.keys import PROFILES
from node.rooms import Rooms
from node.web.keys import AppKey

INTRODUCING: Final = AppKey("introducing", Introducing)
POSTS: Final = AppKey("posts", Posts)
MARKING: Final = AppKey("marking", Marking)
SCHEDULING: Final = AppKey("scheduling", Scheduling)


def open_writing(app: web.Application, rooms: Rooms) -> None:
    """What both doors write with."""
    posts = Posts(rooms)
    app[POSTS] = posts
    app[PROFILES] = rooms.profiles
    app[MARKING] = Marking(posts, rooms.new_id)
    app[SCHEDULING] = Scheduling(rooms.db, posts, rooms.now, rooms.new_id)
    app[INTRODUCING] = rooms.introducing
