"""How what is told is shown: by the code that shows it in the lists of the Mastodon API."""

from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from node.clients.mastodon.shown import show_statuses
from node.clients.mastodon.site import site_of
from node.clients.streaming.telling import Telling
from node.web.keys import NOW
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


def telling_of(app: web.Application) -> Telling:
    """For the site that this application serves."""
    site = site_of(app)

    def statuses(uow: UnitOfWork, ids: Iterable[int], reader: Actor) -> Mapping[int, Any]:
        return show_statuses(uow, ids, reader, site)

    return Telling(statuses, nothing, nothing, app[NOW])


def nothing(_uow: UnitOfWork, _ids: Iterable[int], _reader: Actor) -> Mapping[int, Any]:
    """For what no list shows yet."""
    return {}
