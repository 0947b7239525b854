"""WEB-12: whatever is sent beside what a form or a call asks for counts for nothing.

Each write that the table allows is done twice from the same state, once with such fields added: the
API refuses them all, and pages do what they would have done without them.
"""

import asyncio
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import aiohttp
import pytest

from tests.node.policy.asking import Asker
from tests.node.policy.language import ACTIVITY, ROLES, Fill, Role, Route, Thing
from tests.node.policy.language import route as line
from tests.node.policy.sweep import READING, build, is_allowed
from tests.node.policy.table import lines
from tests.node.policy.world import Rows, Snapshot, World, fresh_sqlite, open_policy_world

pytestmark = pytest.mark.xdist_group("policy")

MORE: Final = {
    "role": "administrator",
    "is_administrator": "1",
    "approved": "1",
    "state": "accepted",
    "id": "1",
    "host": "far.example",
    "authority": "far.example",
    "is_local": "0",
    "verified": "1",
    "group_id": "1",
    "thread_id": "1",
    "account_id": "1",
    "actor_id": "1",
    "author": "1",
    "author_id": "1",
    "created_at": "2001-01-01T00:00:00Z",
    "suspended_at": "2001-01-01T00:00:00Z",
    "moderator": "1",
    "federated": "1",
}
OWN_API: Final = "/api/kith/"
"""Refuses what it was not asked for; apps of the Mastodon API send more than anybody knows."""
LOOK: Final = line("GET /api/kith/v1/needs-a-reply", signed_in=200)
_FRESH: Final = re.compile(r"-----BEGIN.*-----|[0-9]{7,}|[A-Za-z0-9_+/=-]{30,}", re.DOTALL)


class Trial:
    """One world in which writes are done and taken back."""

    def __init__(self, world: World, http: aiohttp.ClientSession, snapshot: Snapshot) -> None:
        self._world = world
        self._asker = Asker(world, http)
        self._snapshot = snapshot

    async def done(self, route: Route, role: Role, fill: Fill) -> tuple[int, dict[str, Any]]:
        """The status, and all rows that the write left, but for what is new each time."""
        status = (await self._asker.ask(route, role, fill)).status
        rows = self._snapshot.rows()
        self._snapshot.put_back()
        return status, _plain(rows)

    async def compared(self, route: Route, thing: Thing, fill: Fill, role: Role) -> list[str]:
        """What is wrong with a write that has more fields than it should."""
        where = f"{route.method} {route.path} | {thing.name} | {role}"
        sent = route.send(self._world, fill) if callable(route.send) else route.send or {}
        more = replace(route, send=MORE | sent)
        if route.path.startswith(OWN_API) and route.send is not None:
            # That a token was used is remembered, whatever it was used for.
            _, before = await self.done(LOOK, role, fill)
            status, rows = await self.done(more, role, fill)
            return [] if (status, rows) == (422, before) else [f"{where}: {status}"]
        plain, changed = await self.done(route, role, fill), await self.done(more, role, fill)
        return [] if plain == changed else [f"{where}: {_differing(plain[1], changed[1])}"]


def _plain(rows: Rows) -> dict[str, Any]:
    return {name: Counter(map(_line, lines)) for name, lines in rows.items()}


def _line(row: tuple[Any, ...]) -> str:
    """A row without what is new each time: ids, tokens, keys, sealed bytes."""
    return repr(
        tuple(_FRESH.sub("*", str(one)) if not isinstance(one, bytes) else b"" for one in row)
    )


def _differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [
        f"{name}: {one[name] - other[name]} {other[name] - one[name]}"
        for name in one
        if one[name] != other[name]
    ]


async def tried(data: Path, url: str) -> tuple[int, list[str]]:
    """How many writes were tried, and what was wrong."""
    count, wrong = 0, []
    async with open_policy_world(data, url) as world:
        fills = await build(world)
        assert world.path is not None
        snapshot = Snapshot(world.path)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            trial = Trial(world, http, snapshot)
            for route, thing in lines():
                roles = [one for one in ROLES if 200 <= route.outcome(thing, one) < 400]
                allowed = [one for one in roles if is_allowed(route.outcome(thing, one))]
                if route.method in READING or not allowed or route.accept == ACTIVITY:
                    continue
                count += 1
                wrong += await trial.compared(route, thing, fills[thing.name], allowed[0])
        snapshot.close()
    return count, wrong


def test_web_12_what_was_not_asked_for_counts_for_nothing(
    sqlite_template: Path, tmp_path: Path
) -> None:
    count, wrong = asyncio.run(tried(tmp_path, fresh_sqlite(sqlite_template, tmp_path)))
    assert not wrong, "\n" + "\n".join(wrong)
    assert count > 30
