"""What an activity names on other nodes and is not known here yet, fetched before it is acted on:
use cases are synchronous and never touch the network (DESIGN section 4).

Only whom to follow, block or report is looked up, and what to answer or react to is not: whoever
reads a post here has it here already.
"""

from typing import Final

from federation.errors import FetchError
from federation.fetch import Fetcher
from federation.limits import FetchBudget
from node.clients.c2s.submission import Submission, ids_of
from node.errors import Refused
from node.groups.look_up import keep_group
from node.ports import Clock
from storage.actors import Actor
from storage.database import Database
from storage.unit_of_work import UnitOfWork

OF_ACTORS: Final = ("Follow", "Block", "Flag")
FETCHES: Final = 4
"""Requests that one activity of an app may cause."""


class Reach:
    """Brings actors of other nodes."""

    def __init__(self, db: Database, fetcher: Fetcher | None, now: Clock, origin: str) -> None:
        self._db = db
        self._fetcher = fetcher
        self._now = now
        self._origin = origin

    async def bring(self, sent: Submission) -> None:
        """Know the actor that the activity is about. Raises Refused where it cannot be brought."""
        if sent.type not in OF_ACTORS:
            return
        for uri in ids_of(sent.object, "object")[:FETCHES]:
            if not uri.startswith(f"{self._origin}/"):
                await self._bring(uri, is_needed=sent.type != "Flag")

    async def _bring(self, uri: str, *, is_needed: bool) -> None:
        known = await self._db.read(lambda uow: uow.actors.by_uri(uri))
        if known is None and self._fetcher is not None:
            try:
                known = await self._fetcher.actor(uri, FetchBudget(FETCHES))
            except FetchError as error:
                if is_needed:
                    raise Refused(f"{_say(error)}", "no-such-object") from error
        if known is not None and known.type == "Group":
            await self._keep(known)

    async def _keep(self, actor: Actor) -> None:
        def keep(uow: UnitOfWork) -> None:
            keep_group(uow, actor, self._now())

        await self._db.write(keep)


def _say(error: FetchError) -> str:
    if error.retryable:
        return "That server does not answer just now; try again in a little while"
    return "There is no actor at this id, or this server does not exchange anything with that one"
