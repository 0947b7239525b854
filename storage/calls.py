"""A function on its way to a database thread, and its answer on the way back to the event loop."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from storage.unit_of_work import UnitOfWork

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Call(Generic[T]):
    """One function that somebody awaits. When the waiter is cancelled it runs all the same."""

    fn: Callable[[UnitOfWork], T]
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[T]"
    reading: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a call: its result, or the error it ended with."""

    call: Call[Any]
    result: Any = None
    error: BaseException | None = None


def hand_back(answers: Iterable[Answer]) -> None:
    """Gives every caller its answer: one hop to each event loop, however many answers."""
    by_loop: dict[asyncio.AbstractEventLoop, list[Answer]] = {}
    for answer in answers:
        by_loop.setdefault(answer.call.loop, []).append(answer)
    for loop, batch in by_loop.items():
        try:
            loop.call_soon_threadsafe(_settle, batch)
        except RuntimeError:
            # The loop is closed; nobody is left to be told.
            continue


def _settle(answers: list[Answer]) -> None:
    for answer in answers:
        future = answer.call.future
        if future.done():
            continue
        if answer.error is None:
            future.set_result(answer.result)
        elif isinstance(answer.error, StopIteration):
            # A future cannot carry this one: it would end the coroutine that awaits it.
            future.set_exception(RuntimeError("the function let StopIteration escape"))
        else:
            future.set_exception(answer.error)
