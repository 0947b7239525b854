"""The API of what other nodes said of a post."""

from datetime import datetime

from msgspec import Struct

from node.errors import NotFound
from node.groups.api_access import id_in, member
from node.web.http import Request, Response
from node.web.json_body import json_answer
from node.web.keys import DB
from storage.actors import Actor
from storage.deliveries import Delivery
from storage.unit_of_work import UnitOfWork


class ReceiptJson(Struct, frozen=True, kw_only=True):
    """What one node answered. `state` is waiting, sent (confirmed), parked (not reached so far),
    refused, gone or cancelled; `status` its last HTTP status."""

    node: str
    state: str
    status: int | None
    finished_at: datetime | None


class ReceiptsJson(Struct, frozen=True, kw_only=True):
    """Every node that the post, or its delete, was sent to; the last word of each."""

    receipts: list[ReceiptJson]


async def receipts(request: Request) -> Response:
    """GET /posts/{id}/receipts: for its author, also once it is deleted."""
    who, post_id = member(request), id_in(request)
    return json_answer(await request.app[DB].read(lambda uow: _receipts(uow, post_id, who)))


def _receipts(uow: UnitOfWork, post_id: int, who: Actor) -> ReceiptsJson:
    at = uow.posts.whereabouts(post_id)
    # Before its words are opened: what is not one's own takes as long as what is not there.
    if at is None or at.author_id != who.id:
        raise NotFound
    post = uow.posts.get(post_id)
    if post is None:
        raise NotFound
    last = {one.peer_id: one for one in sorted(uow.deliveries.of_object(post.uri), key=_made)}
    nodes = uow.peers.authorities(list(last))
    return ReceiptsJson(
        receipts=[
            ReceiptJson(
                node=nodes[peer_id],
                state=one.state,
                status=one.last_status,
                finished_at=one.finished_at,
            )
            for peer_id, one in sorted(last.items(), key=lambda pair: nodes[pair[0]])
        ]
    )


def _made(delivery: Delivery) -> int:
    return delivery.id
