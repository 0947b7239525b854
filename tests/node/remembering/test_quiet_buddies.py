"""Buddies hear that somebody is quiet, if that is what they wished; nobody else does."""

from collections.abc import AsyncIterator

import pytest

from tests.node.goals.walk import Walk
from tests.node.remembering.nights import days_pass
from tests.node.web.house import open_web_house

QUIET = "quiet-buddy"


@pytest.fixture
async def walk(database_url: str) -> AsyncIterator[Walk]:
    async with open_web_house(database_url) as house:
        yield await Walk.begin(house)


async def watched(walk: Walk, **more: str) -> None:
    """Ash wants to be noticed after a week, and is not here for ten days."""
    at = "/settings/quiet"
    await walk.ash.submit(at, at=at, after_days="7", **more)
    await days_pass(walk.house, 10)


async def test_a_buddy_is_told_once_and_nobody_else(walk: Walk) -> None:
    await walk.pair(walk.ash, walk.birch)
    await watched(walk, buddies="yes")
    assert (await walk.told(walk.birch)).count(QUIET) == 1
    assert QUIET not in await walk.told(walk.cedar)
    await days_pass(walk.house, 10)
    assert (await walk.told(walk.birch)).count(QUIET) == 1


async def test_without_the_wish_no_buddy_is_told(walk: Walk) -> None:
    await walk.pair(walk.ash, walk.birch)
    await watched(walk)
    assert QUIET not in await walk.told(walk.birch)
    assert "quiet-yourself" in await walk.told(walk.ash)


async def test_a_block_ends_it(walk: Walk) -> None:
    await walk.pair(walk.ash, walk.birch)
    await walk.block(walk.birch, walk.ash)
    await watched(walk, buddies="yes")
    assert QUIET not in await walk.told(walk.birch)
