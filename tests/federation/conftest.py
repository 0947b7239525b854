"""A node of ours and a peer, for the tests of what they say to each other."""

from collections.abc import AsyncIterator, Callable

import pytest

from storage.database import Database
from tests.clock import Clock
from tests.federation.peer import Peer, peer
from tests.federation.us import Us, us


@pytest.fixture
async def node(database: Database, clock: Clock, ids: Callable[[], int]) -> AsyncIterator[Us]:
    """Our node, open to all."""
    async with us(database, clock, ids) as ours:
        yield ours


@pytest.fixture
async def there() -> AsyncIterator[Peer]:
    """Another node."""
    async with peer() as other:
        yield other


@pytest.fixture
async def elsewhere() -> AsyncIterator[Peer]:
    """A third node."""
    async with peer() as other:
        yield other
