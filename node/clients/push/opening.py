"""Web push of one process: what the API needs, and the worker that sends."""

from typing import Final

from aiohttp import web

from federation.addresses import AddressPolicy
from federation.http import HttpClient
from node.clients.push.keys import SUBSCRIBING, VAPID
from node.clients.push.sending import PushSender
from node.clients.push.subscribing import Subscribing
from node.clients.push.vapid import Vapid
from node.rooms import Rooms
from node.web.i18n import Tongues

ICON: Final = "/static/no-face.png"


def open_push(app: web.Application, rooms: Rooms) -> None:
    """What the API needs."""
    config = rooms.config
    addresses = AddressPolicy(config.allowed_test_networks, (config.authority,))
    app[SUBSCRIBING] = Subscribing(addresses, rooms.now, rooms.new_id)
    app[VAPID] = Vapid(config.origin)


async def open_push_sender(rooms: Rooms, http: HttpClient) -> PushSender:
    """The worker, and the node's key for push services, made at the first start."""
    config, tongues, vapid = rooms.config, Tongues.load(), Vapid(rooms.config.origin)
    await vapid.key(rooms.db)

    def say(language: str | None, sentence: str, values: dict[str, str]) -> tuple[str, str]:
        tongue = tongues.choose(language or "")
        said = tongue.say(sentence)
        return tongue.tag, said % values if values else said

    return PushSender(
        db=rooms.db,
        http=http,
        vapid=vapid,
        news=rooms.news,
        say=say,
        icon=config.origin + ICON,
        with_names=config.push_names,
        now=rooms.now,
    )
