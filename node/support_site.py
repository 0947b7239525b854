"""Keys and addresses of the rooms of what peer support gives. A part of `node/site.py`."""

from aiohttp import web

from node.rooms import Rooms


def open_support(app: web.Application, rooms: Rooms) -> None:
    """Put each room into the site."""
