"""How far a person has read, in all apps together.

GET|POST /api/v1/markers
"""

from collections.abc import Mapping

from aiohttp import web

from node.clients.answers import Response, answer, moment
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.reading import Marker
from node.reading.keys import READING
from node.reading.markers import TIMELINES
from storage.markers import Marker as Kept


def routes() -> list[web.RouteDef]:
    """Both need a person's token."""
    here = "/api/v1/markers"
    return [
        door("GET", here, get, scope="read:statuses", who="user"),
        door("POST", here, put, scope="write:statuses", who="user"),
    ]


async def get(call: Call) -> Response:
    """GET /api/v1/markers?timeline[]: those that were asked for and set."""
    who, wanted = call.persona, [one for one in call.params.many("timeline") if one in TIMELINES]
    return _shown(await call.db.read(lambda uow: uow.markers.many(who.id, wanted)))


async def put(call: Call) -> Response:
    """POST /api/v1/markers: `home[last_read_id]`, `notifications[last_read_id]`."""
    who, markers, read = call.persona, call.app[READING].markers, dict[str, int]()
    for timeline in TIMELINES:
        inner = call.params.inner(timeline)
        number = inner.maybe_id("last_read_id") if inner is not None else None
        if number is not None:
            read[timeline] = number
    return _shown(await call.db.write(lambda uow: markers.put(uow, who, read)))


def _shown(found: Mapping[str, Kept]) -> Response:
    return answer(
        {
            timeline: Marker(
                last_read_id=str(one.last_read_id),
                version=one.version,
                updated_at=moment(one.updated_at),
            )
            for timeline, one in found.items()
        }
    )
