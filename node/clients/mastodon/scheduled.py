"""Posts for later: seen, moved, taken back.

GET /api/v1/scheduled_statuses · GET, PUT, DELETE /api/v1/scheduled_statuses/:id
"""

from collections.abc import Sequence
from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, empty, maybe_moment, moment
from node.clients.call import Call
from node.clients.doors import door
from node.clients.keys import SCHEDULING
from node.clients.mastodon.attached import show_media
from node.clients.mastodon.entities.scheduled import (
    ScheduledParams,
    ScheduledPoll,
    ScheduledStatus,
)
from node.clients.mastodon.site import Site, site_of
from node.clients.mastodon.windows import paged, window_of
from node.clients.scheduling import WaitingPost, waiting_post
from node.errors import Invalid, NotFound
from storage.actors import Actor
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
    who, site, window = call.persona, site_of(call.app), window_of(call, 20)

    def look(uow: UnitOfWork) -> tuple[list[int], list[ScheduledStatus]]:
        found = uow.scheduled.page(who.id, **window.asked())
        return [one.id for one in found], show_scheduled(uow, found, who, site)

    ids, shown = await call.db.read(look)
    return paged(call, shown, ids, window)


async def one(call: Call) -> Response:
    """GET /api/v1/scheduled_statuses/:id"""
    scheduled_id, who, site = call.id(), call.persona, site_of(call.app)

    def look(uow: UnitOfWork) -> ScheduledStatus:
        found = uow.scheduled.get(scheduled_id, who.id)
        if found is None:
            raise NotFound
        return show_scheduled(uow, [found], who, site)[0]

    return answer(await call.db.read(look))


async def move(call: Call) -> Response:
    """PUT /api/v1/scheduled_statuses/:id: another time for it."""
    scheduled_id, who, scheduling = call.id(), call.persona, call.app[SCHEDULING]
    due_at, site = call.params.moment("scheduled_at"), site_of(call.app)
    if due_at is None:
        raise Invalid("scheduled_at", "scheduled_at must be a time such as 2026-03-05T18:20:00Z")

    def act(uow: UnitOfWork) -> ScheduledStatus:
        moved = scheduling.move(uow, who, scheduled_id, due_at)
        return show_scheduled(uow, [moved], who, site)[0]

    return answer(await call.db.write(act))


async def cancel(call: Call) -> Response:
    """DELETE /api/v1/scheduled_statuses/:id"""
    scheduled_id, who, scheduling = call.id(), call.persona, call.app[SCHEDULING]
    await call.db.write(lambda uow: scheduling.cancel(uow, who, scheduled_id))
    return empty()


def show_scheduled(
    uow: UnitOfWork, posts: Sequence[ScheduledPost], who: Actor, site: Site
) -> list[ScheduledStatus]:
    """Posts that wait, for their author, with the pictures that wait with them."""
    sent = [waiting_post(post) for post in posts]
    ids = [media_id for one in sent for media_id in one.media_ids]
    pictures = uow.post_media.waiting(who.id, ids) if ids else {}
    shown = show_media(uow, list(pictures.values()), who, site)
    return [
        ScheduledStatus(
            id=str(post.id),
            scheduled_at=moment(post.due_at),
            params=_params(one, moment(post.due_at)),
            media_attachments=[shown[number] for number in one.media_ids if number in shown],
            refused_at=maybe_moment(post.refused_at),
        )
        for post, one in zip(posts, sent, strict=True)
    ]


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
