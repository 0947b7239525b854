"""WEB-09: whoever is demoted, suspended, or takes consent back loses what went with it at once,
with the session and the token that were good a moment before.
"""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import aiohttp
import pytest

from storage.unit_of_work import UnitOfWork
from tests.node.policy.asking import Asker
from tests.node.policy.language import ELSEWHERE, Role, Route, Thing
from tests.node.policy.sweep import READING, build, is_allowed
from tests.node.policy.table import lines
from tests.node.policy.world import Snapshot, World, fresh_sqlite, open_policy_world

pytestmark = pytest.mark.xdist_group("policy")

ORDINARY: Final[Role] = "ex_member"
"""Somebody without any part in what the sweep asks for."""
BY_ROLE: Final = frozenset({"administrator", "administrators", "moderators"})
Change = Callable[[World], Awaitable[None]]
Expected = Callable[[Route, Thing], set[int]]


async def demote(world: World) -> None:
    account = world.people["administrator"].account
    await world.write(lambda uow: uow.accounts.set_role(account.id, "member"))


async def suspend(world: World) -> None:
    account = world.people["administrator"].account
    await world.write(lambda uow: uow.accounts.suspend(account.id, world.clock.now()))


async def take_back(world: World) -> None:
    account = world.people["administrator"].account
    ledger = world.house.node.rooms.rights.ledger

    def stop(uow: UnitOfWork) -> None:
        ledger.stop_taking_part(uow, account)

    await world.write(stop)


def as_(role: Role) -> Expected:
    return lambda route, thing: {route.outcome(thing, role)}


def held(route: Route, _thing: Thing) -> set[int]:
    """Programs are signed out; pages lead to the one on which people may agree again."""
    if route.is_api:
        return {401}
    return {303} if route.method in READING else {403}


async def tried(data: Path, url: str, change: Change, expected: Expected) -> list[str]:
    """What still comes back of all that was the administrator's alone, in other words."""
    wrong = []
    async with open_policy_world(data, url) as world:
        fills = await build(world)
        await change(world)
        assert world.path is not None
        snapshot = Snapshot(world.path)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
            asker = Asker(world, http)
            for route, thing in lines():
                if not is_of_the_role(route, thing):
                    continue
                now = (await asker.ask(route, "administrator", fills[thing.name])).outcome
                if now not in expected(route, thing) - {ELSEWHERE}:
                    wrong.append(f"{route.method} {route.path} | {thing.name}: {now}")
                wrong += [f"{route.method} {route.path}: {name}" for name in snapshot.changed()]
                snapshot.put_back()
        snapshot.close()
    return wrong


def is_of_the_role(route: Route, thing: Thing) -> bool:
    """Whether administrators get more than others because of what they are, not of what is
    theirs."""
    was = route.outcome(thing, "administrator")
    is_more = is_allowed(was) and was != route.outcome(thing, ORDINARY)
    return is_more and route.decided_by(thing, "administrator") in BY_ROLE


@pytest.mark.parametrize(
    ("change", "expected"),
    [(demote, as_(ORDINARY)), (suspend, as_("suspended")), (take_back, held)],
)
def test_web_09_what_one_was_counts_no_more(
    sqlite_template: Path, tmp_path: Path, change: Change, expected: Expected
) -> None:
    url = fresh_sqlite(sqlite_template, tmp_path)
    assert asyncio.run(tried(tmp_path, url, change, expected)) == []


def test_there_is_something_to_lose() -> None:
    lost = [
        route
        for route, thing in lines()
        if is_of_the_role(route, thing) and route.outcome(thing, ORDINARY) in (403, 404)
    ]
    assert len(lost) > 10
