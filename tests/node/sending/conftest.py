"""A node that lets flagged posts wait, and one that lets every post wait."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.clock import Clock
from tests.node.conftest import two_databases
from tests.node.sending.watched import Watched, open_watched

__all__ = ["two_databases"]


@pytest.fixture
async def watched(
    two_databases: dict[str, str],
    tmp_path: Path,
    clock: Clock,
    ids: Callable[[], int],
) -> AsyncIterator[Watched]:
    """Only what may be a sign of danger waits."""
    async with open_watched(tmp_path, two_databases, clock, ids) as opened:
        yield opened


@pytest.fixture
async def slow(
    two_databases: dict[str, str],
    tmp_path: Path,
    clock: Clock,
    ids: Callable[[], int],
) -> AsyncIterator[Watched]:
    """As nodes are by default: ten minutes, and three first posts."""
    settings = {"outbound_hold_minutes": 10, "first_posts_held": 3}
    async with open_watched(tmp_path, two_databases, clock, ids, **settings) as opened:
        yield opened
