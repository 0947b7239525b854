"""What is there in test mode only (`kith serve --test-mode`), for suites that wait for work."""

from collections.abc import Iterator

from aiohttp import web

from node.clients.answers import answer
from node.clients.call import Call
from node.clients.doors import door
from storage.unit_of_work import UnitOfWork


async def queue(call: Call) -> web.Response:
    """GET /queue: how much background work waits, and whether none does."""

    def count(uow: UnitOfWork) -> dict[str, object]:
        receipts = uow.receipts.waiting_count()
        backlogs = uow.deliveries.summary().values()
        deliveries = sum(waiting for waiting, *_ in backlogs)
        drained = receipts == deliveries == 0
        return {"receipts": receipts, "deliveries": deliveries, "drained": drained}

    return answer(await call.db.read(count))


def suite_routes() -> Iterator[web.RouteDef]:
    """To be added where the node runs in test mode, and nowhere else."""
    yield door("GET", "/queue", queue, who="anyone", scope=None)
