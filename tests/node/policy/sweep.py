"""The sweep: every line of the table with every role, and what is wrong with the answers."""

from dataclasses import dataclass, field
from typing import Final

import aiohttp

from tests.node.policy.asking import Asker, Reply
from tests.node.policy.caching import Shelf
from tests.node.policy.language import (
    ACTIVITY,
    ELSEWHERE,
    JSON,
    PAGE,
    ROLES,
    SIGN_IN,
    SIGNED_IN,
    Fill,
    Role,
    Route,
    Thing,
)
from tests.node.policy.table import THINGS, lines
from tests.node.policy.world import Snapshot, World, suspend

READING: Final = frozenset({"GET", "HEAD"})


@dataclass
class Report:
    """What the sweep found: a line for each thing that is not as it should be."""

    asked: int = 0
    different: list[str] = field(default_factory=list)
    telling: list[str] = field(default_factory=list)
    changing: list[str] = field(default_factory=list)
    slower: list[str] = field(default_factory=list)
    cached: list[str] = field(default_factory=list)
    served: set[tuple[str, str]] = field(default_factory=set)


class Sweep:
    """One world, asked everything. `snapshot` is None on a database that is not put back: there,
    writes that are allowed are left out."""

    def __init__(self, world: World, asker: Asker, snapshot: Snapshot | None) -> None:
        self.report = Report(served=served(world))
        self._world = world
        self._asker = asker
        self._snapshot = snapshot
        self._shelf = Shelf()
        self._kept: dict[tuple[object, ...], Reply] = {}

    async def run(self, fills: dict[str, Fill], only: frozenset[str]) -> Report:
        """All lines, or those of some paths; `fills` are the things' places, by their names."""
        with self._asker.counting():
            for route, thing in lines():
                if route.name in self.report.served and (not only or route.path in only):
                    for role in ROLES:
                        await self._cell(route, thing, fills[thing.name], role)
        self.report.cached = self._shelf.close()
        return self.report

    async def _cell(self, route: Route, thing: Thing, fill: Fill, role: Role) -> None:
        declared = route.outcome(thing, role)
        writes = route.method not in READING and is_allowed(declared)
        if declared == ELSEWHERE or (writes and self._snapshot is None):
            return
        where = f"{route.method} {route.path} | {thing.name} | {role}"
        reply = await self._asker.ask(route, role, fill)
        self.report.asked += 1
        if reply.outcome != declared:
            self.report.different.append(f"{where}: declared {declared}, came {reply.outcome}")
        if route.method in READING:
            place = f"{route.method} {route.path}{route.query} | {thing.name} ({route.accept})"
            self._shelf.look_at(place, role, reply, is_known=role in SIGNED_IN)
        if fill and (reply.status == 404 or not thing.shows_to(role)) and role not in route.knows:
            await self._compare(where, route, thing, fill, role)
        self._look_for_changes(where, reply, writes)

    def _look_for_changes(self, where: str, reply: Reply, writes: bool) -> None:
        if self._snapshot is None:
            return
        if not (writes and reply.status < 400):
            self.report.changing += [f"{where}: {name}" for name in self._snapshot.changed()]
        self._snapshot.put_back()

    async def _compare(
        self, where: str, route: Route, thing: Thing, fill: Fill, role: Role
    ) -> None:
        """What is refused with what never was, in every way that one may ask for it."""
        never = never_like(fill)
        declared = {
            line.outcome(thing, role)
            for line, one in lines()
            if one is thing and line.name == route.name
        }
        for accept in dict.fromkeys((route.accept, PAGE, JSON, ACTIVITY)):
            reply = await self._asker.ask(route, role, fill, accept)
            if reply.outcome not in declared and (reply.status, SIGN_IN in declared) != (401, True):
                self.report.different.append(f"{where} as {accept}: came {reply.outcome}")
            if reply.status != 404 and accept != route.accept:
                continue
            other = await self._never(route, role, accept, never)
            if reply.without(fill) != other.without(never):
                self.report.telling.append(f"{where} ({accept}): {reply} and {other}")
            if reply.statements != other.statements:
                self.report.slower.append(
                    f"{where}: {reply.statements} statements, {other.statements} for what never was"
                )

    async def _never(self, route: Route, role: Role, accept: str, never: Fill) -> Reply:
        key = (route.name, route.query, role, accept, tuple(never.items()))
        if key not in self._kept:
            self._kept[key] = await self._asker.ask(route, role, never, accept)
        return self._kept[key]


def never_like(fill: Fill) -> Fill:
    """Names of the same length that nothing here bears."""
    return {name: ("8" if value.isdecimal() else "q") * len(value) for name, value in fill.items()}


def is_allowed(outcome: int) -> bool:
    """Whether a cell says that it is done as asked."""
    return 0 <= outcome < 400 and outcome != SIGN_IN


def served(world: World) -> set[tuple[str, str]]:
    """Every (method, path) that the site answers. HEAD is answered by what answers GET, and a slash
    at the end of an address for client apps by what answers it without (`with_slashes`)."""
    routes = world.house.app.router.routes()
    pairs = {
        (route.method, route.resource.canonical) for route in routes if route.resource is not None
    }
    twice = {
        (method, path)
        for method, path in pairs
        if (method == "HEAD" and ("GET", path) in pairs)
        or (path.endswith("/") and (method, path[:-1]) in pairs)
    }
    return pairs - twice


async def build(world: World) -> dict[str, Fill]:
    """Put every room's things into the world: their places in paths, by their names."""
    return {thing.name: await thing.build(world) for thing in THINGS}


async def sweep(world: World, *only: str) -> Report:
    """Ask for all there is as everybody; or for some paths `only`."""
    fills = await build(world)
    await suspend(world)
    snapshot = Snapshot(world.path) if world.path else None
    try:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            return await Sweep(world, Asker(world, http), snapshot).run(fills, frozenset(only))
    finally:
        if snapshot is not None:
            snapshot.close()
