"""A thousand peers in one small process: answers every POST with 202, and counts them.

Run as `python -m tests.benchmarks.sink PORT`. It reads HTTP by hand, so that it costs little of
the machine that the node is measured on.
"""

import asyncio
import sys

COUNT = {"posts": 0}


class Sink(asyncio.Protocol):
    """One connection: requests with a Content-Length, one after the other."""

    def __init__(self) -> None:
        self._kept = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._kept += data
        while (end := self._kept.find(b"\r\n\r\n")) >= 0:
            head = self._kept[:end].lower()
            length = 0
            if (at := head.find(b"content-length:")) >= 0:
                length = int(head[at + 15 :].split(b"\r\n", 1)[0])
            if len(self._kept) < end + 4 + length:
                return
            self._kept = self._kept[end + 4 + length :]
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        assert self._transport is not None
        if head.startswith(b"post"):
            COUNT["posts"] += 1
            self._transport.write(b"HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
            return
        text = str(COUNT["posts"]).encode()
        self._transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s"
            % (len(text), text)
        )


async def main(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "0.0.0.0", port, backlog=2048)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
