"""The bytes of another node's picture, through the one guarded door to the network."""

from typing import Final
from urllib.parse import urlsplit

from federation.errors import FetchError
from federation.http import HttpClient
from federation.policy import PeerPolicy
from node.media.remote import Fetch

ACCEPT: Final = "image/webp,image/png,image/jpeg"


def fetch_through(http: HttpClient | None, policy: PeerPolicy, most_bytes: int) -> Fetch:
    """Asks for pictures of at most so many bytes, and only nodes that this one talks with. It names
    no reader, and signs nothing."""

    async def fetch(url: str) -> bytes | None:
        if http is None or not policy.allows(urlsplit(url).netloc.lower()):
            return None
        try:
            answer = await http.get(url, accept=ACCEPT, max_bytes=most_bytes)
        except FetchError:
            return None
        return answer.body if answer.status == 200 else None

    return fetch
