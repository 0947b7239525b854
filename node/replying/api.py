"""The queue for apps: the same threads in the same order as the page shows them."""

from msgspec import Struct

from node.errors import Invalid
from node.groups.api_access import member
from node.groups.json_shapes import PostJson, post_json
from node.i18n import N_
from node.replying.keys import REPLYING
from node.replying.spots import read_spot, write_spot
from node.web.http import Request, Response
from node.web.json_body import json_answer
from node.web.keys import DB
from storage.unit_of_work import UnitOfWork


class WaitingJson(Struct, frozen=True, kw_only=True):
    """One page, first threads and longest waits first. `next` is what to ask `after` for the one
    after it."""

    threads: list[PostJson]
    next: str | None


async def waiting(request: Request) -> Response:
    """GET /needs-a-reply?after="""
    who, replying = member(request), request.app[REPLYING]
    text = request.query.get("after")
    after = read_spot(text)
    if text and after is None:
        raise Invalid("after", N_("Take `after` from `next` of the page that you have."))

    def read(uow: UnitOfWork) -> WaitingJson:
        found = replying.queue(uow, who, after=after)
        threads = [post_json(one.waiting.view) for one in found.threads]
        return WaitingJson(threads=threads, next=write_spot(found.next))

    return json_answer(await request.app[DB].read(read))
