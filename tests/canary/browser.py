"""A person's browser or program: pages with forms, the API, from an address of one's own."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.node.web.visitor import Page

PAGE = "text/html,application/xhtml+xml,*/*;q=0.8"


class Browser:
    """One browser of a node, with its cookies. `source` is the address that it calls from."""

    def __init__(self, origin: str, source: str) -> None:
        connector = aiohttp.TCPConnector(local_addr=(source, 0), force_close=True)
        jar = aiohttp.CookieJar(unsafe=True)
        self.origin = origin
        self.token: str | None = None
        self._http = aiohttp.ClientSession(connector=connector, cookie_jar=jar)

    async def close(self) -> None:
        await self._http.close()

    async def get(self, path: str, accept: str = PAGE) -> Page:
        """Open an address, whatever the answer is."""
        return await self.send("GET", path, {"Accept": accept})

    async def fetch(self, path: str) -> tuple[int, bytes]:
        """A file, whatever the answer is."""
        headers = {"Accept": PAGE}
        async with self._http.get(self.origin + path, headers=headers) as answer:
            return answer.status, await answer.read()

    @asynccontextmanager
    async def listening(self, path: str) -> AsyncIterator[None]:
        """A stream that is open while the block runs, and after it must have told something."""
        headers = {"Accept": "text/event-stream"}
        async with self._http.get(self.origin + path, headers=headers) as answer:
            assert answer.status == 200, path
            yield
            told = b""
            while b"event: news" not in told:
                told += await answer.content.readany()

    async def submit(self, action: str, at: str, **fields: str) -> Page:
        """Fill in the form to `action` on the page `at` and send it; it must be taken."""
        form = (await self.get(at)).form(action, next(iter(fields), None))
        done = await self.post(action, form.fields | fields)
        assert done.status < 400, (action, done.status, done.text)
        return done

    async def upload(self, action: str, at: str, field: str, body: bytes, **fields: str) -> Page:
        """Send the form to `action` on the page `at` with a file and these fields; it must be
        taken."""
        form = (await self.get(at)).form(action)
        data = aiohttp.FormData()
        for name, value in ({"csrf": form.fields["csrf"]} | fields).items():
            data.add_field(name, value)
        data.add_field(field, body, filename="picture.jpg", content_type="image/jpeg")
        done = await self.send("POST", action, self._at_home, data)
        assert done.status < 400, (action, done.status, done.text)
        return done

    async def post(self, path: str, fields: Mapping[str, str]) -> Page:
        """Send fields as they are."""
        return await self.send("POST", path, self._at_home, fields)

    @property
    def _at_home(self) -> dict[str, str]:
        return {"Accept": PAGE, "Origin": self.origin, "Sec-Fetch-Site": "same-origin"}

    async def call(self, method: str, path: str, body: Any = None, kind: str | None = None) -> Any:
        """A call of the API with the person's token; it must be taken. `kind` is the media type of
        the body, if it is another JSON."""
        headers = {"Authorization": f"Bearer {self.token}"}
        if kind is not None:
            headers["Content-Type"] = kind
        async with self._http.request(
            method, self.origin + path, json=body, headers=headers
        ) as answer:
            said = await answer.json() if answer.status != 204 else None
            assert answer.status < 300, (method, path, answer.status, said)
            return said

    async def send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        fields: Mapping[str, str] | aiohttp.FormData | None = None,
    ) -> Page:
        """One request, whatever the answer is. People agree to copies where they are asked."""
        if isinstance(fields, Mapping):
            fields = {"federate": "yes", **fields}
        async with self._http.request(
            method, self.origin + path, headers=headers, data=fields
        ) as answer:
            return Page(answer.status, answer.url.path_qs, answer.headers, await answer.text())
