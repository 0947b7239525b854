"""The stream that tells the page of a session that something is new, and nothing else."""

from contextlib import suppress

from node.errors import NotFound
from node.listening.keys import LISTENING
from node.messages.keys import STREAMS
from node.viewer import Viewer
from node.web.handles import parse_id
from node.web.http import Request, StreamResponse
from node.web.keys import DB, DOORKEEPER
from node.web.sessions import need_viewer, session_token
from storage.unit_of_work import UnitOfWork

NEWS = b"event: news\ndata: 1\n\n"
ALIVE = b": still here\n\n"
RETRY = b"retry: 5000\n\n"


async def listen(request: Request) -> StreamResponse:
    """GET /listening/{id}/events. It ends when the browser's session does, when there is nothing to
    wait for any more, and when the node does."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    listening, streams = request.app[LISTENING], request.app[STREAMS]
    await request.app[DB].read(lambda uow: listening.seat(uow, viewer.persona, number))
    with streams.stream(number, viewer.persona.id) as subscription:
        response = StreamResponse(headers={"Content-Type": "text/event-stream"})
        response.headers["X-Accel-Buffering"] = "no"
        with suppress(ConnectionError):
            await response.prepare(request)
            await response.write(RETRY)
            while True:
                has_news = await streams.wait(subscription)
                if streams.is_closing or not await _may_go_on(request, viewer, number):
                    break
                await response.write(NEWS if has_news else ALIVE)
            await response.write_eof()
    return response


async def _may_go_on(request: Request, viewer: Viewer, number: int) -> bool:
    """Whether it is still the same person who waits, and there is still something to wait for."""
    listening, doorkeeper = request.app[LISTENING], request.app[DOORKEEPER]
    token = session_token(request)

    def look(uow: UnitOfWork) -> bool:
        now = doorkeeper.by_session(uow, token) if token else None
        if now is None or now.persona.id != viewer.persona.id:
            return False
        try:
            listening.seat(uow, now.persona, number)
        except NotFound:
            return False
        return True

    return await request.app[DB].read(look)
