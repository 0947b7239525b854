"""The limit for client apps: an aiohttp server that does one bare query and answers the same bytes.

Run as `python -m tests.benchmarks.bare PORT DATABASE`. PUT / sets the bytes; GET / makes the query,
by its key in a table of the node that is measured, and answers them. GET /socket opens a WebSocket;
POST /socket makes the query and sends its body to every socket that is open.
"""

import asyncio
import sqlite3
import sys

from aiohttp import WSMsgType, web

QUERY = "SELECT handle FROM actors WHERE id = (SELECT max(id) FROM actors)"


def make(database: str) -> web.Application:
    app, kept = web.Application(client_max_size=4 * 1024 * 1024), [b"{}"]
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    sockets: set[web.WebSocketResponse] = set()

    async def put(request: web.Request) -> web.Response:
        kept[0] = await request.read()
        return web.Response()

    async def get(_request: web.Request) -> web.Response:
        connection.execute(QUERY).fetchone()
        return web.Response(body=kept[0], content_type="application/json")

    async def listen(request: web.Request) -> web.WebSocketResponse:
        response = web.WebSocketResponse(compress=False)
        await response.prepare(request)
        sockets.add(response)
        async for _ in response:
            pass
        sockets.discard(response)
        return response

    async def tell(request: web.Request) -> web.Response:
        body = await request.read()
        connection.execute(QUERY).fetchone()
        for one in sockets:
            await one.send_frame(body, WSMsgType.TEXT)
        return web.Response(text=str(len(sockets)))

    app.add_routes([web.put("/", put), web.get("/", get)])
    app.add_routes([web.get("/socket", listen), web.post("/socket", tell)])
    return app


async def main(port: int, database: str) -> None:
    runner = web.AppRunner(make(database), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, backlog=2048).start()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    import uvloop

    uvloop.run(main(int(sys.argv[1]), sys.argv[2]))
