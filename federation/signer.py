"""Sign what leaves: fetches as the node's own actor, deliveries as the activity's actor.

Cavage first, which every peer reads; RFC 9421 for the peers that asked for it. Each request is
signed anew, since a signature ages. RSA signing takes a millisecond of processor time, so it runs
in two threads beside the loop.
"""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Final, Literal

from yarl import URL

from activitypub.addressing import authority
from activitypub.signatures import HttpMessage, sign_cavage, sign_rfc9421
from federation.own_keys import OwnKeys, rsa_key_id
from storage.activities import OutboxActivity
from storage.actors import Actor
from storage.database import Database

Profile = Literal["cavage", "rfc9421"]
CONTENT_TYPE: Final = "application/activity+json"
THREADS: Final = 2


class RequestSigner:
    """Signs with the keys of this node's actors. `node_actor` is the one that fetches."""

    def __init__(
        self, *, db: Database, own_keys: OwnKeys, node_actor: Actor, now: Callable[[], datetime]
    ) -> None:
        self._db = db
        self._own_keys = own_keys
        self._node_actor = node_actor
        self._now = now
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="sign")

    async def sign_get(self, method: str, url: str, body: bytes | None) -> Mapping[str, str]:
        """The headers that sign a fetch of `url`; a `federation.http.Signer`."""
        return await self._sign(self._node_actor, _message(method, url, body), "cavage", None)

    async def sign_post(
        self, actor: Actor, activity: OutboxActivity, inbox: str, profile: Profile
    ) -> dict[str, str]:
        """All headers of the POST of `activity` to `inbox`. Raises NoSuchKeys, SignatureError."""
        digest = activity.cavage_digest if profile == "cavage" else activity.content_digest
        message = _message("POST", inbox, activity.body)
        signed = await self._sign(actor, message, profile, digest)
        return {"Content-Type": CONTENT_TYPE, **signed}

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _sign(
        self, actor: Actor, message: HttpMessage, profile: Profile, digest: str | None
    ) -> dict[str, str]:
        key = (await self._own_keys.load(self._db, actor.id)).rsa
        sign = sign_cavage if profile == "cavage" else sign_rfc9421
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, sign, message, rsa_key_id(actor.uri), key, self._now(), digest
        )


def _message(method: str, url: str, body: bytes | None) -> HttpMessage:
    """The request as the HTTP client will send it: raw path and query, no fragment."""
    target = URL(url, encoded=True)
    headers = () if body is None else (("Content-Type", CONTENT_TYPE),)
    return HttpMessage(
        method=method,
        scheme=target.scheme,
        authority=authority(url),
        target=target.raw_path_qs,
        headers=headers,
        body=body,
    )
