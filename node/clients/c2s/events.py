"""The owner's stream of what changes in its inbox and outbox (SWICG, server-sent events for the
ActivityPub API): the `eventStream` of the actor, for whoever reads it with the owner's token.

    event: Add
    data: {"type": "Add", "actor": ..., "object": {the activity}, "target": the inbox or the outbox}

Update carries the post as it is now, Delete what is left of one. A browser's EventSource sends no
headers, so the token may come as `?access_token=`. What is told only rings here: the boxes are
looked through anew, as their owner may read them at that moment.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

import msgspec
from aiohttp import web

from activitypub.contexts import POST_CONTEXT
from node.clients.c2s.boxes import inbox_page, outbox_page
from node.clients.c2s.documents import Document, show_posts
from node.clients.call import Call
from node.clients.mastodon.site import Site, site_of
from node.clients.streaming.entry import insist_on_scope, listener
from node.clients.streaming.hub import Connection, Frame
from node.clients.streaming.keys import EVENTS, HUB
from node.clients.streaming.sse import ALIVE, ALIVE_SECONDS, BEGIN, open_lines
from node.clients.streaming.streams import Stream
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

SEEN_MOST: Final = 1000


async def events(call: Call) -> web.StreamResponse:
    """GET /client/events, until either side ends it."""
    caller, stream = await listener(call), Stream("activities")
    insist_on_scope(caller, stream)
    who = caller.persona
    assert who is not None
    boxes = Boxes(who, site_of(call.app))
    with call.app[HUB].connection(caller) as one:
        await call.app[EVENTS].ready()
        call.app[HUB].join(one, stream)
        await call.db.read(boxes.begin)
        response = open_lines()
        with suppress(ConnectionError):
            await response.prepare(call.request)
            await response.write(BEGIN)
            await _send(call, response, one, boxes)
            await response.write_eof()
    return response


async def _send(call: Call, response: web.StreamResponse, one: Connection, boxes: "Boxes") -> None:
    while one.ended is None:
        frames = await one.wait(ALIVE_SECONDS)
        if not frames and one.ended is None:
            await response.write(ALIVE)
            continue
        said = await call.db.read(partial(boxes.changes, frames))
        if said and one.ended is None:
            await response.write(b"".join(map(_lines, said)))


class Boxes:
    """What of the boxes was told on one connection."""

    def __init__(self, owner: Actor, site: Site) -> None:
        self._owner = owner
        self._site = site
        self._seen: dict[str, None] = {}

    def begin(self, uow: UnitOfWork) -> None:
        """What is there already is no news."""
        list(self._added(uow))

    def changes(self, frames: Sequence[Frame], uow: UnitOfWork) -> list[Document]:
        """What is told now, in order."""
        edited = self._numbers(frames, "status.update")
        gone = self._numbers(frames, "delete")
        said = list(self._added(uow))
        shown = show_posts(uow, edited, self._owner, self._site) if edited else {}
        said += [self._change("Update", one.document) for one in shown.values()]
        uris = uow.client_reading.uris(gone).values() if gone else ()
        said += [self._change("Delete", {"id": uri, "type": "Tombstone"}) for uri in uris]
        return said

    def _added(self, uow: UnitOfWork) -> Iterator[Document]:
        for name, page_of in (("outbox", outbox_page), ("inbox", inbox_page)):
            for item in reversed(page_of(uow, self._owner, None, self._site).items):
                key = f"{name} {item['id']}"
                if key not in self._seen:
                    self._seen[key] = None
                    target = {"target": f"{self._owner.uri}/{name}"}
                    yield self._change("Add", item) | target
        while len(self._seen) > SEEN_MOST:
            del self._seen[next(iter(self._seen))]

    def _change(self, kind: str, thing: Document) -> Document:
        bare = {name: value for name, value in thing.items() if name != "@context"}
        head = {"@context": POST_CONTEXT, "type": kind, "actor": self._owner.uri}
        return {**head, "object": thing if "proof" in thing else bare}

    def _numbers(self, frames: Sequence[Frame], event: str) -> list[int]:
        found = (frame.payload for frame in frames if frame.event == event)
        return [int(one) for one in dict.fromkeys(found) if one]


def _lines(said: Document) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (said["type"].encode(), msgspec.json.encode(said))
