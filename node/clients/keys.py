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


def open_scheduling(rooms: Rooms) -> Scheduling:
    """Posts for later, for the doors and for the worker."""
    pictures = rooms.attaching.pictures
    return Scheduling(rooms.db, Posts(rooms), pictures, rooms.now, rooms.new_id)


def open_writing(app: web.Application, rooms: Rooms) -> None:
    """What both doors write with."""
    posts = Posts(rooms)
    app[POSTS] = posts
    app[PROFILES] = rooms.profiles
    app[MARKING] = Marking(posts, rooms.new_id)
    app[SCHEDULING] = open_scheduling(rooms)
    app[INTRODUCING] = rooms.introducing
