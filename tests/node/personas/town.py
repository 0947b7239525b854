"""A town in which two personas live the same life, once as one person and once as two.

`open_town(..., together=True)` makes Finch as a further persona of Wren's account; otherwise Finch
is somebody else, who signs up at that very moment. Everything after that is the same, act by act
and second by second, so whatever an observer can tell between the two towns tells that the personas
belong together.
"""

import itertools
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import aiohttp
from aiohttp.test_utils import TestClient

from storage.actors import Actor
from storage.groups import GroupWithActor
from tests.clock import Clock
from tests.node.web.visitor import Page, Visitor
from tests.world import House, open_house

PASSWORD = "a quiet walk by the river"
HTML, JSON, ACTIVITY = "text/html", "application/json", "application/activity+json"
FORMS = {"visitor": (HTML, ACTIVITY), "eve": (HTML,), "ada": (HTML,)}
"""What each observer in front of a browser asks for; another node asks as a visitor does."""
PAIR = ("wren", "finch")
LEFT_OUT = {"/leave", "/static/{name}", "/settings/personas/new", "/client/events"}
"""Files, the observer's own page that suggests a name by chance, and a stream that never ends."""
STREAMS = "/api/v1/streaming"


class Client:
    """A browser's cookies and connections, as `Visitor` wants them."""

    def __init__(self, origin: str) -> None:
        self.session = aiohttp.ClientSession(origin, cookie_jar=aiohttp.CookieJar(unsafe=True))

    def request(self, method: str, path: str, **more: Any) -> Any:
        return self.session.request(method, path, **more)


@dataclass
class Town:
    """A node with ada, who runs it and hosts its groups, eve, who looks on, and the pair."""

    house: House
    clock: Clock
    together: bool
    browsers: dict[str, Visitor] = field(default_factory=dict)
    groups: dict[str, GroupWithActor] = field(default_factory=dict)
    posts: dict[str, str] = field(default_factory=dict)

    async def actor(self, handle: str) -> Actor:
        found = await self.house.node.rooms.db.read(lambda uow: uow.actors.local_by_handle(handle))
        assert found is not None
        return found

    def new_browser(self) -> Visitor:
        client = cast("TestClient[Any, Any]", Client(self.house.origin))
        return Visitor(client, self.house.origin)

    async def sign_up(self, handle: str) -> None:
        """Somebody new, by the front door."""
        self.browsers[handle] = browser = self.new_browser()
        page = await browser.submit(
            "/sign-up",
            at="/sign-up",
            name=f"{handle}-private",
            password=PASSWORD,
            handle=handle,
            display_name=handle.title(),
            agrees="yes",
        )
        assert page.path.startswith("/?note=welcome"), page.text

    async def as_(self, handle: str) -> Visitor:
        """The browser in which one acts as this persona; one person has one browser for both."""
        if handle not in PAIR or not self.together:
            return self.browsers[handle]
        browser = self.browsers["wren"]
        page = await browser.get("/settings/personas")
        if f"Act as {handle.title()}" in page.text:
            await browser.submit("/settings/personas", persona=handle)
        return browser

    async def do(self, handle: str, action: str, at: str | None = None, **fields: str) -> Page:
        """A form sent as a persona, a moment after the last one."""
        self.clock.advance(seconds=20)
        browser = await self.as_(handle)
        page = await browser.submit(action, at=at or action, **fields)
        assert page.status == 200, (action, page.status, page.text)
        return page

    async def token(self, handle: str) -> None:
        """A program's token for a persona."""
        rooms = self.house.node.rooms
        issued = await rooms.db.write(lambda uow: rooms.tokens.issue(uow, handle, "test"))
        self.house.tokens[handle] = issued.secret


@asynccontextmanager
async def open_town(
    data: Path, url: str, *, together: bool, **settings: Any
) -> AsyncIterator[Town]:
    """Everybody is there and has lived a day. `url` is of a migrated, empty database."""
    clock = Clock()
    async with open_house("harbour", data, url, clock, _ids(clock), **settings) as house:
        town = Town(house, clock, together)
        try:
            await _arrive(town)
            await _live(town)
            yield town
        finally:
            for browser in town.browsers.values():
                await cast(Any, browser.client).session.close()


def _ids(clock: Clock) -> Callable[[], int]:
    """Ids as a node has them: of the time, and counted within one moment."""
    counts: Counter[datetime] = Counter()

    def new_id() -> int:
        counts[clock.now()] += 1
        return int(clock.now().timestamp()) << 22 | counts[clock.now()]

    return new_id


async def _arrive(town: Town) -> None:
    for handle in ("ada", "eve", "wren"):
        await town.sign_up(handle)
        town.clock.advance(minutes=5)
    if town.together:
        wren = town.browsers["wren"]
        path = "/settings/personas/new"
        page = await wren.submit(path, at=path, handle="finch", display_name="Finch")
        assert "note=persona-made" in page.path
    else:
        await town.sign_up("finch")
    town.clock.advance(minutes=5)
    for handle in ("eve", *PAIR):
        await town.token(handle)
    ada = await town.actor("ada")
    for name, visibility in (("sleep", "public"), ("night", "local"), ("circle", "private")):
        town.groups[name] = await town.house.group(name, ada, visibility)  # type: ignore[arg-type]
    night = town.groups["night"].actor.id
    rooms = town.house.node.rooms
    await rooms.db.write(lambda uow: uow.groups.update(night, allows_anonymous=True))


async def _live(town: Town) -> None:
    """What both do in one sitting: join, write, answer, react, take other names, be sent away."""
    for handle in ("eve", *PAIR):
        for group in ("sleep", "night"):
            await town.do(handle, f"/groups/{group}/join", at=f"/groups/{group}")
    for handle in PAIR:
        for group in ("sleep", "night"):
            await _write(town, handle, group, "new", f"{handle} in {group}")
    await _write(town, "wren", "night", "anonymous", "nobody in night")
    for handle, title in (("finch", "wren in sleep"), ("wren", "finch in night")):
        post = town.posts[title]
        await town.do(handle, f"/posts/{post}/reply", text=f"{handle} answers.")
        await town.do(handle, f"/posts/{post}/react", at=f"/threads/{post}", kind="me-too")
    for handle in PAIR:
        name = f"{handle.title()} of the reeds"
        await town.do(handle, "/settings/persona", at="/settings", display_name=name)


async def _write(town: Town, handle: str, group: str, way: str, title: str) -> None:
    path = f"/groups/{group}/{way}"
    page = await town.do(handle, path, title=title, text="Some words.")
    [number] = set(re.findall(r"^/threads/(\d+)", page.path))
    town.posts[title] = number


Seen = dict[str, str]


async def look_round(town: Town, programs: tuple[str, ...] = ("eve", *PAIR)) -> Seen:
    """All that others can see: every address that can be read, with every name and number that may
    stand in it, as each observer, in each form; and the API with the tokens of `programs`. One
    entry for each request."""
    seen: Seen = {}
    actors = {handle: await town.actor(handle) for handle in ("ada", "eve", *PAIR)}
    canonical = await _canonical(town)
    fills = _fills(town, {name: str(actor.id) for name, actor in actors.items()})
    for observer, forms in FORMS.items():
        browser = town.browsers.get(observer) or town.new_browser()
        for path in _paths(town, fills):
            for accept in () if path.startswith("/api/") else forms:
                page = await browser.get(path, {"Accept": accept})
                seen[canonical(f"{observer} {accept} {path}")] = canonical(_all_of(page))
        if observer == "visitor":
            await cast(Any, browser.client).session.close()
    for handle in programs:
        headers = {"Authorization": f"Bearer {town.house.tokens[handle]}", "Accept": JSON}
        async with aiohttp.ClientSession(town.house.origin, headers=headers) as http:
            for path in _paths(town, fills):
                if path.startswith("/api/"):
                    async with http.get(path) as answer:
                        said = f"{answer.status} {_headers(answer.headers)} {await answer.text()}"
                    seen[canonical(f"token of {handle} {path}")] = canonical(said)
    return seen


def _fills(town: Town, ids: Mapping[str, str]) -> dict[str, list[str]]:
    groups = {name: str(group.actor.id) for name, group in town.groups.items()}
    handles = [*ids, *groups, *(f"{handle}@{town.house.authority}" for handle in PAIR)]
    return {"handle": handles, "id": [*ids.values(), *groups.values(), *town.posts.values()]}


def _paths(town: Town, fills: Mapping[str, list[str]]) -> list[str]:
    """Every address that answers GET, filled in."""
    patterns = {
        route.resource.canonical
        for route in town.house.app.router.routes()
        if route.method == "GET" and route.resource is not None
    }
    # A slash at the end changes nothing, and streams never end.
    patterns = {
        pattern
        for pattern in patterns
        if not pattern.startswith(STREAMS) and pattern.removesuffix("/") not in patterns - {pattern}
    }
    patterns |= {
        f"/.well-known/webfinger?resource=acct:{handle}@{town.house.authority}" for handle in PAIR
    }
    paths = []
    for pattern in sorted(patterns - LEFT_OUT):
        names = re.findall(r"{(\w+)}", pattern)
        choices = [fills.get(name, fills["id"]) for name in names]
        paths += [
            pattern.format(**dict(zip(names, chosen, strict=True)))
            for chosen in itertools.product(*choices)
        ]
    return paths


def _all_of(page: Page) -> str:
    return f"{page.status} {page.path} {_headers(page.headers)} {page.text}"


def _headers(headers: Mapping[str, str]) -> str:
    kept = {name.lower(): value for name, value in headers.items()}
    for name in ("date", "set-cookie", "etag", "content-length"):
        if name in kept:
            kept[name] = "there"
    return str(sorted(kept.items()))


async def _canonical(town: Town) -> Any:
    """Writes what differs by chance alone in one way: ports, random ids, keys, form tokens."""
    db = town.house.node.rooms.db
    names = {str((await town.actor(handle)).id): handle for handle in ("ada", "eve", *PAIR)}
    one_off = await db.read(lambda uow: uow.posts.view(int(town.posts["nobody in night"])))
    assert one_off is not None
    author = one_off.author
    names |= {str(author.id): "one-off", author.handle: "one-off", author.name: "One-off"}
    names[town.house.authority] = "here"
    known = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    noise = (
        (re.compile(r'name="csrf" value="[^"]+"'), "csrf"),
        (re.compile(r"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----"), "RSA"),
        (re.compile(r'"z[1-9A-HJ-NP-Za-km-z]{40,}"'), "MULTI"),
        (re.compile(r"hue-\d"), "hue"),
        (re.compile(r'"B[\w-]{86}"'), '"key for devices"'),
    )

    def canonical(text: str) -> str:
        text = known.sub(lambda found: names[found[0]], text.replace("%3A", ":"))
        for pattern, word in noise:
            text = pattern.sub(word, text)
        return text

    return canonical
