"""How many statements the database runs for a call."""

from typing import Any

from tests.node.clients.house import Client
from tests.statements import statements


async def queries(client: Client, path: str, answers: int = 200, **params: Any) -> int:
    """What a call costs that answers so, once everything round it is warm."""
    for _ in range(2):
        await client.get(path, **params)
    with statements() as seen:
        assert (await client.get(path, **params)).status == answers
    return len(seen)
