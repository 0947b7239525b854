"""Somebody of the demo at a browser: signs in by the form, and reads pages as people do."""

import html
import re
from collections.abc import Sequence
from contextlib import suppress

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar

from node.demo.communities import PASSWORD
from node.demo.lives.town import Shown
from node.demo.processes import DemoError

_FORM_TOKEN = re.compile(r'name="csrf" value="([^"]+)"')
_TAG = re.compile(r"<[^>]+>")
_TIMEOUT = ClientTimeout(total=30)


class Window:
    """Signed in as one person of one node. Close it in the end."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._session = ClientSession(cookie_jar=CookieJar(unsafe=True), timeout=_TIMEOUT)

    async def close(self) -> None:
        """Forget the sign-in."""
        await self._session.close()

    async def sign_in(self, name: str) -> None:
        """By the form, with the password that everybody in the demo has. DemoError."""
        form = await self._get("/sign-in")
        token = _FORM_TOKEN.search(form)
        if token is None:
            raise DemoError(f"{self._origin}/sign-in shows no form.")
        fields = {"csrf": token[1], "name": name, "password": PASSWORD, "next": "/"}
        headers = {"Origin": self._origin}
        sent = self._session.post(
            self._origin + "/sign-in", data=fields, headers=headers, allow_redirects=False
        )
        async with sent as answer:
            if answer.status != 303:
                raise DemoError(f"{name} could not sign in at {self._origin}.")

    async def read(self, path: str) -> str:
        """The words of a page, without its markup. DemoError."""
        return " ".join(html.unescape(_TAG.sub(" ", await self._get(path))).split())

    async def _get(self, path: str) -> str:
        try:
            async with self._session.get(self._origin + path) as answer:
                if answer.status != 200:
                    raise DemoError(f"{self._origin}{path} was answered {answer.status}.")
                return await answer.text()
        except (ClientError, TimeoutError) as error:
            raise DemoError(
                f"{self._origin}{path} failed: {error or type(error).__name__}"
            ) from error


async def look(origin: str, shown: Sequence[Shown]) -> list[str]:
    """What of `shown` is not to be seen, in a sentence each."""
    missing = []
    for handle in dict.fromkeys(one.handle for one in shown):
        window = Window(origin)
        try:
            await window.sign_in(handle)
            for one in shown:
                if one.handle == handle:
                    missing += await _missing(window, one)
        finally:
            with suppress(ClientError):
                await window.close()
    return missing


async def _missing(window: Window, one: Shown) -> list[str]:
    try:
        words = await window.read(one.path)
    except DemoError as error:
        return [str(error)]
    return (
        [] if one.phrase in words else [f"{one.handle} does not find “{one.phrase}” on {one.path}."]
    )
