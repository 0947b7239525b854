"""What the handlers of this edge need besides the database and configuration of `node.web.keys`."""

from typing import Final, Protocol

from aiohttp import web

from activitypub.signatures.message import HttpMessage
from federation.inbox import Answer


class Receiver(Protocol):
    """Who takes a request that arrived: `federation.inbox.Inbox`."""

    async def receive(self, message: HttpMessage) -> Answer: ...


INBOX: Final = web.AppKey[Receiver]("inbox")

BODY_TIMEOUT: Final = web.AppKey("body-timeout", float)
"""Seconds a peer has to send its body. Unset, it is DEFAULT_BODY_TIMEOUT."""

DEFAULT_BODY_TIMEOUT: Final = 10.0
"""Lemmy gives itself as long for a whole delivery."""
