"""Another node's directory through the one guarded door to the network, and the work that visits
it. It names no reader and signs nothing."""

import asyncio
from typing import Final
from urllib.parse import urlsplit

from federation.errors import FetchError
from federation.http import HttpClient
from federation.policy import PeerPolicy
from node.directory.service import Directory
from node.directory.subscribing import Asks, Following, Trouble
from storage.database import Database

ACCEPT: Final = "application/json"


def asks_through(http: HttpClient, policy: PeerPolicy) -> Asks:
    """Asks only nodes that this one talks with."""

    async def ask(url: str, most_bytes: int) -> bytes:
        if not policy.allows(urlsplit(url).netloc.lower()):
            raise Trouble("This node does not talk with that one: look at `kith peer list`.")
        try:
            answer = await http.get(url, accept=ACCEPT, max_bytes=most_bytes)
        except FetchError as error:
            raise Trouble(f"It could not be reached: {error}") from error
        if answer.status != 200:
            raise Trouble(f"It answered with status {answer.status}.")
        return answer.body

    return ask


def open_following(
    db: Database, directory: Directory, http: HttpClient, policy: PeerPolicy, refresh_hours: int
) -> Following:
    """The work that visits directories of other nodes."""
    return Following(
        db,
        directory.tools,
        directory.importing,
        asks_through(http, policy),
        asyncio.to_thread,
        refresh_hours,
    )
