"""One flight for many passengers: the same thing asked for twice at once is fetched once."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Flights(Generic[T]):
    """Runs at most one job per key at a time and gives its result to everyone who asked.

    A caller that goes away does not take the job with it.
    """

    def __init__(self) -> None:
        self._under_way: dict[str, asyncio.Task[T]] = {}

    async def join(self, key: str, start: Callable[[], Awaitable[T]]) -> T:
        """The result of the job under way for `key`, or of a new one made by `start`."""
        task = self._under_way.get(key)
        if task is None:
            task = asyncio.create_task(_run(start))
            self._under_way[key] = task
            task.add_done_callback(lambda done: self._land(key, done))
        return await asyncio.shield(task)

    def _land(self, key: str, task: asyncio.Task[T]) -> None:
        self._under_way.pop(key, None)
        if not task.cancelled():
            task.exception()  # seen, also when every passenger has left


async def _run(start: Callable[[], Awaitable[T]]) -> T:
    return await start()
