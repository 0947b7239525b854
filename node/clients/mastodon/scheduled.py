"""Posts for later: seen, moved, taken back.

GET /api/v1/scheduled_statuses · GET, PUT, DELETE /api/v1/scheduled_statuses/:id
"""

from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, empty, maybe_moment, moment
from node.clients.call import Call
from node.clients.doors import door
from node.clients.keys import SCHEDULING
from node.clients.mastodon.entities.scheduled import (
    ScheduledParams,
    ScheduledPoll,
    ScheduledStatus,
)
from node.clients.mastodon.windows import paged, window_of
from node.clients.scheduling import WaitingPost, waiting_post
from node.errors import Invalid, NotFound
from storage.scheduled import ScheduledPost
from storage.unit_of_work import UnitOfWork

READ: Final = "read:statuses"
WRITE: Final = "write:statuses"


def routes() -> list[web.RouteDef]:
    """One's own alone."""
    here = "/api/v1/scheduled_statuses"
    return [
        door("GET", here, everything, scope=READ, who="user"),
        door("GET", f"{here}/{{id}}", one, scope=READ, who="user"),
        door("PUT", f"{here}/{{id}}", move, scope=WRITE, who="user"),
        door("DELETE", f"{here}/{{id}}", cancel, scope=WRITE, who="user"),
    ]


async def everything(call: Call) -> Response:
    """GET /api/v1/scheduled_statuses: what waits, and what could not be posted."""
    who, window = call.persona.id, window_of(call, 20)
    found = await call.db.read(lambda uow: uow.scheduled.page(who, **window.asked()))
    return paged(call, [scheduled_entity(one) for one in found], [one.id for one in found], window)


async def one(call: Call) -> Response:
    """GET /api/v1/scheduled_statuses/:id"""
    scheduled_id, who = call.id(), call.persona.id
    found = await call.db.read(lambda uow: uow.scheduled.get(scheduled_id, who))
    if found is None:
        raise NotFound
    return answer(scheduled_entity(found))


async def move(call: Call) -> Response:
    """PUT /api/v1/scheduled_statuses/:id: another time for it."""
    scheduled_id, who, scheduling = call.id(), call.persona, call.app[SCHEDULING]
    due_at = call.params.moment("scheduled_at")
    if due_at is None:
        raise Invalid("scheduled_at", "scheduled_at must be a time such as 2026-03-05T18:20:00Z")

    def act(uow: UnitOfWork) -> ScheduledStatus:
        return scheduled_entity(scheduling.move(uow, who, scheduled_id, due_at))

    return answer(await call.db.write(act))


async def cancel(call: Call) -> Response:
    """DELETE /api/v1/scheduled_statuses/:id"""
    scheduled_id, who, scheduling = call.id(), call.persona, call.app[SCHEDULING]
    await call.db.write(lambda uow: scheduling.cancel(uow, who, scheduled_id))
    return empty()


def scheduled_entity(post: ScheduledPost) -> ScheduledStatus:
    """A post that waits, for its author."""
    return ScheduledStatus(
        id=str(post.id),
        scheduled_at=moment(post.due_at),
        params=_params(waiting_post(post), moment(post.due_at)),
        refused_at=maybe_moment(post.refused_at),
    )


def _params(sent: WaitingPost, due_at: str) -> ScheduledParams:
    poll = sent.poll
    return ScheduledParams(
        text=sent.text,
        poll=None
        if poll is None
        else ScheduledPoll(
            options=list(poll.options),
            expires_in=poll.expires_in,
            multiple=poll.multiple,
            hide_totals=poll.hide_totals,
        ),
        media_ids=[str(one) for one in sent.media_ids] or None,
        sensitive=sent.sensitive,
        spoiler_text=sent.spoiler_text,
        visibility=sent.visibility,
        in_reply_to_id=None if sent.in_reply_to is None else str(sent.in_reply_to),
        language=sent.language,
        scheduled_at=due_at,
    )
