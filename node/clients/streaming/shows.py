"""How what is told is shown: by the code that shows it in the lists of the Mastodon API."""

from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from node.clients.streaming.telling import Telling
from node.web.keys import NOW
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


def telling_of(app: web.Application) -> Telling:
    """For the site that this application serves."""
    return Telling(nothing, nothing, nothing, app[NOW])


def nothing(_uow: UnitOfWork, _ids: Iterable[int], _reader: Actor) -> Mapping[int, Any]:
    """For what no list shows yet."""
    return {}
