"""Polls of posts that the reader may read, and the one vote of a persona."""

from aiohttp import web

from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.attached import polls_of
from node.clients.mastodon.entities.poll import Poll
from node.clients.mastodon.sight import sight_of
from node.clients.mastodon.site import site_of
from node.errors import Invalid, NotFound
from node.polls.rules import NO_SUCH_OPTION
from node.voting.keys import VOTING
from storage.unit_of_work import UnitOfWork


def routes() -> list[web.RouteDef]:
    return [
        door("GET", "/api/v1/polls/{id}", show, scope="read:statuses", who="anyone"),
        door("POST", "/api/v1/polls/{id}/votes", vote, scope="write:statuses", who="user"),
    ]


async def show(call: Call) -> Response:
    """GET /api/v1/polls/{id}"""
    number, reader, site = call.id(), call.reader, site_of(call.app)

    def read(uow: UnitOfWork) -> Poll:
        post_id = uow.polls.post_of(number) or 0
        is_there = post_id in sight_of(uow, [post_id], reader).posts
        if not is_there:
            raise NotFound
        return polls_of(uow, [post_id], reader, site)[post_id]

    return answer(await call.db.read(read))


async def vote(call: Call) -> Response:
    """POST /api/v1/polls/{id}/votes: `choices[]`, the places of the options, counted from 0."""
    number, persona, site = call.id(), call.persona, site_of(call.app)
    choices, voting = _choices(call.params.many("choices")), call.app[VOTING]

    def write(uow: UnitOfWork) -> Poll:
        post_id = voting.vote(uow, number, persona, choices).post_id
        return polls_of(uow, [post_id], persona, site)[post_id]

    return answer(await call.db.write(write))


def _choices(texts: list[str]) -> list[int]:
    if not all(text.isascii() and text.isdecimal() and len(text) <= 4 for text in texts):
        raise Invalid("choices", NO_SUCH_OPTION)
    return [int(text) for text in texts]
