"""A browser without scripts, for tests: pages, forms, cookies, and the headers a browser adds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient
from multidict import CIMultiDictProxy

from storage.actors import Actor


@dataclass
class FormFound:
    """A form of a page: where it goes, and the values that it holds."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)


@dataclass
class Page:
    """An answer. `path` is where it came from, after redirects."""

    status: int
    path: str
    headers: CIMultiDictProxy[str]
    text: str

    def form(self, action: str, having: str | None = None) -> FormFound:
        """The form that goes to `action`, and has the field `having` if one is named."""
        finder = _Forms()
        finder.feed(self.text)
        for found in finder.forms:
            if found.action == action and (having is None or having in finder.names[id(found)]):
                return found
        raise AssertionError(f"no form to {action} on {self.path}; there are {finder.forms}")


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormFound] = []
        self.names: dict[int, set[str]] = {}
        self._area: str | None = None
        self._select: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        name, value = given.get("name"), given.get("value") or ""
        if tag == "form":
            form = FormFound(given.get("action") or "", given.get("method") or "get")
            self.forms.append(form)
            self.names[id(form)] = set()
        elif self.forms and tag == "option" and self._select and "selected" in given:
            self.forms[-1].fields[self._select] = value
        if not self.forms or name is None or tag not in ("input", "textarea", "select", "button"):
            return
        self.names[id(self.forms[-1])].add(name)
        if tag == "textarea":
            self._area = name
            self.forms[-1].fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "input" and (
            given.get("type") not in ("radio", "checkbox") or "checked" in given
        ):
            self.forms[-1].fields[name] = value

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None
        elif tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            fields = self.forms[-1].fields
            fields[self._area] = (fields[self._area] + data).removeprefix("\n")


class Visitor:
    """One browser with its cookies."""

    def __init__(self, client: TestClient[web.Request, web.Application], origin: str) -> None:
        self.client = client
        self.origin = origin
        self.persona: Actor | None = None
        self.page: Page | None = None

    async def get(
        self, path: str, headers: Mapping[str, str] | None = None, follow: bool = True
    ) -> Page:
        """Open an address and follow redirects."""
        sent = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", **(headers or {})}
        return await self._send("GET", path, sent, None, follow)

    async def post(
        self,
        path: str,
        fields: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
        follow: bool = True,
    ) -> Page:
        """Send fields as they are, with a browser's headers unless others are given."""
        sent = {
            "Accept": "text/html,*/*;q=0.8",
            "Origin": self.origin,
            "Sec-Fetch-Site": "same-origin",
            **(headers or {}),
        }
        # People here agree when they are asked whether other nodes may have copies of their words.
        return await self._send("POST", path, sent, {"federate": "yes", **fields}, follow)

    async def submit(self, action: str, at: str | None = None, **fields: str) -> Page:
        """Fill in the form to `action`, on the page `at` or the one that is open, and send it."""
        if at is not None:
            await self.get(at)
        assert self.page is not None
        form = self.page.form(action, next(iter(fields), None))
        return await self.post(action, form.fields | fields)

    async def send(self, path: str, **fields: str) -> Page:
        """Post fields that no page offered, with this browser's form token."""
        return await self.post(path, {"csrf": await self.token(), **fields})

    async def sign_in(self, name: str, password: str) -> Page:
        return await self.submit("/sign-in", at="/sign-in", name=name, password=password)

    async def token(self) -> str:
        """The token of this browser's forms."""
        page = await self.get("/sign-in")
        if page.path == "/sign-in":
            return page.form("/sign-in").fields["csrf"]
        return page.form("/sign-out").fields["csrf"]

    def cookie(self, name: str) -> str | None:
        for cookie in self.client.session.cookie_jar:
            if cookie.key == name:
                return cookie.value
        return None

    def plant(self, name: str, value: str) -> None:
        """Put a cookie into this browser, as if the node had set it."""
        jar = self.client.session.cookie_jar
        jar.clear(lambda cookie: cookie.key == name)
        jar.update_cookies({name: value}, self.client.make_url("/"))

    async def _send(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        fields: dict[str, str] | None,
        follow: bool = True,
    ) -> Page:
        async with self.client.request(
            method, path, headers=headers, data=fields, allow_redirects=follow
        ) as answer:
            text = await answer.text()
            self.page = Page(answer.status, answer.url.path_qs, answer.headers, text)
            return self.page
