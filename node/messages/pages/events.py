"""The stream that tells an open page of a conversation that something is new, and nothing else."""

from contextlib import suppress

from node.errors import NotFound
from node.messages.keys import MESSAGES, STREAMS
from node.messages.pages.doing import conversation_id
from node.viewer import Viewer
from node.web.http import Request, StreamResponse
from node.web.keys import DB, DOORKEEPER
from node.web.sessions import need_viewer, session_token
from storage.unit_of_work import UnitOfWork

NEWS = b"event: news\ndata: 1\n\n"
ALIVE = b": still here\n\n"
RETRY = b"retry: 5000\n\n"


async def listen(request: Request) -> StreamResponse:
    """GET /messages/{id}/events. It ends when the session does, when the conversation is gone, and
    when the node does; the browser asks again and is answered as anybody is."""
    viewer, number = need_viewer(request), conversation_id(request)
    messages, streams = request.app[MESSAGES], request.app[STREAMS]
    await request.app[DB].read(lambda uow: messages.room(uow, number, viewer.persona))
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
    messages, doorkeeper = request.app[MESSAGES], request.app[DOORKEEPER]
    token = session_token(request)

    def look(uow: UnitOfWork) -> bool:
        now = doorkeeper.by_session(uow, token) if token else None
        if now is None or now.persona.id != viewer.persona.id:
            return False
        try:
            messages.room(uow, number, now.persona)
        except NotFound:
            return False
        return True

    return await request.app[DB].read(look)
