"""How many statements the database runs for a call."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from tests.node.clients.house import Client


@contextmanager
def _statements() -> Iterator[list[str]]:
    """The statements that all databases of this process run meanwhile."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def queries(client: Client, path: str, answers: int = 200, **params: Any) -> int:
    """What a call costs that answers so, once everything round it is warm."""
    for _ in range(2):
        await client.get(path, **params)
    with _statements() as seen:
        assert (await client.get(path, **params)).status == answers
    return len(seen)
