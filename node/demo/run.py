"""Begins the demo, plays it or leaves it running, and ends whatever it began."""

import asyncio
import signal
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import ClientSession
from rich.console import Console

from node.demo.communities import Community
from node.demo.harbour import HARBOUR
from node.demo.meadow import MEADOW
from node.demo.places import databases_for, folder_for
from node.demo.processes import DemoError, NodeProcess, free_port
from node.demo.seed import Settled, live, settle, talk, visit
from node.demo.show import Show
from node.demo.stage import Side, Stage
from node.demo.story import STORY, Outcome, play
from node.demo.window import look

COMMUNITIES = (HARBOUR, MEADOW)
INTERRUPTED = 130

T = TypeVar("T")


def run_demo(*, once: bool, database: tuple[str, ...] = (), keep: Path | None = None) -> int:
    """`kith demo`: the exit status. 0 when all went well, 1 with the reason otherwise."""
    try:
        with (
            folder_for(keep) as folder,
            databases_for(database, keep=keep is not None) as databases,
            Show(_things_to_do(once)) as show,
        ):
            nodes = [
                NodeProcess(one.key, one.name, folder / one.key.lower(), free_port(), url)
                for one, url in zip(COMMUNITIES, databases, strict=True)
            ]
            return asyncio.run(_until_interrupted(_demo(nodes, show, once)))
    except DemoError as error:
        Console(stderr=True, highlight=False).print(f"kith demo: {error}", markup=False)
        return 1


def _things_to_do(once: bool) -> int:
    settling = 3 * len(COMMUNITIES) + sum(len(one.threads) for one in COMMUNITIES)
    return settling + (len(STORY) if once else sum(len(one.visits) for one in COMMUNITIES))


async def _demo(nodes: list[NodeProcess], show: Show, once: bool) -> int:
    try:
        circle = [node.authority for node in nodes]
        await _together(*(_start(node, circle, show) for node in nodes))
        async with ClientSession() as session:
            settled = await _together(
                *(
                    _move_in(node, one, session, show)
                    for node, one in zip(nodes, COMMUNITIES, strict=True)
                )
            )
            return await (_tell_story(settled, show) if once else _stay(settled, show))
    finally:
        await asyncio.gather(*(node.stop() for node in nodes))


async def _start(node: NodeProcess, circle: Sequence[str], show: Show) -> None:
    await node.trust(*(one for one in circle if one != node.authority))
    await node.start()
    show.tell(f"{node.key} listens on {node.origin}")


async def _move_in(
    node: NodeProcess, community: Community, session: ClientSession, show: Show
) -> Settled:
    settled = await settle(node, community, session, show.tell)
    await talk(settled, show.tell)
    settled.shown.extend(await live(settled, community is HARBOUR, show.tell))
    return settled


async def _tell_story(settled: Sequence[Settled], show: Show) -> int:
    harbour, meadow = Side(settled[0], "fern"), Side(settled[1], "linnea")
    harbour.group_id = settled[0].groups["grief"]
    outcomes: list[Outcome] = []
    async for outcome in play(Stage(harbour, meadow)):
        outcomes.append(outcome)
        show.tell(f"{outcome.step.title}: {outcome.seconds * 1000:.0f} ms")
    missing = [
        f"{one.community.key}: {sentence}"
        for one in settled
        for sentence in await look(one.node.origin, one.shown)
    ]
    show.outcomes(outcomes, len(STORY))
    show.rooms(sum(len(one.shown) for one in settled), missing)
    return 1 if outcomes[-1].problem or missing else 0


async def _stay(settled: Sequence[Settled], show: Show) -> int:
    """Let people visit each other, say where everything is, and keep the nodes running."""
    for home, there in ((settled[0], settled[1]), (settled[1], settled[0])):
        for one in home.community.visits:
            await visit(home, there, one, show.tell)
    show.sign_ins(settled)
    endings = [asyncio.ensure_future(_ending(one.node)) for one in settled]
    try:
        await asyncio.wait(endings, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        return 0
    finally:
        for ending in endings:
            ending.cancel()
    gone = next(one.node for one, ending in zip(settled, endings, strict=True) if ending.done())
    raise DemoError(f"{gone.key} has ended by itself. {gone.last_words()}")


async def _ending(node: NodeProcess) -> None:
    await node.has_ended()


async def _until_interrupted(work: Coroutine[Any, Any, int]) -> int:
    """The result of the work. Ctrl-C or SIGTERM cancels it, so that it ends what it began."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    try:
        return await task
    except asyncio.CancelledError:
        return INTERRUPTED


async def _together(*works: Coroutine[Any, Any, T]) -> list[T]:
    """All results; the first failure cancels the others and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(work) for work in works]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]
