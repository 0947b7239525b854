"""Where web push finds what it needs in the application."""

from aiohttp import web

from node.clients.push.subscribing import Subscribing
from node.clients.push.vapid import Vapid
from node.web.keys import DB

SUBSCRIBING = web.AppKey("push-subscribing", Subscribing)
VAPID = web.AppKey("push-vapid", Vapid)


async def vapid_public_key(app: web.Application) -> str:
    """What apps need to subscribe a device: the node's public key in base64url."""
    return await app[VAPID].public(app[DB])
