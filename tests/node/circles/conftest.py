"""What tests of circles share: a node where three people are enough for one."""

from collections.abc import AsyncIterator

import pytest

from tests.node.circles.ring import Ring, open_ring


@pytest.fixture
async def ring(database_url: str) -> AsyncIterator[Ring]:
    """Anna, Ben, Cleo and Dora on a fresh node of each kind in turn."""
    async with open_ring(database_url) as opened:
        yield opened
