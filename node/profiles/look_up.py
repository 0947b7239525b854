"""From `@rowan@kith.example`, or the address of somebody's page, to who that is, wherever it is.

A group can be found in the same way, since clients have one field for both.
"""

from activitypub.errors import WireError
from activitypub.webfinger import Handle
from federation.errors import FetchError
from federation.fetch import Fetcher
from federation.limits import FETCHES_PER_ACTIVITY, FetchBudget
from node.errors import Invalid, NotFound, Refused
from node.groups.look_up import fetch_sentence, keep_group
from node.i18n import N_
from node.ports import Clock
from node.profiles.rules import is_person
from storage.actors import Actor
from storage.database import Database
from storage.unit_of_work import UnitOfWork

NOBODY = N_("There is nobody with this name here.")


class FindActor:
    """Finds people and groups. `own` is this node's authority."""

    def __init__(self, db: Database, fetcher: Fetcher, now: Clock, own: str) -> None:
        self._db = db
        self._fetcher = fetcher
        self._now = now
        self._own = own

    async def __call__(self, text: str) -> int:
        """The actor's id. Raises Invalid for what is neither name nor address, NotFound, and
        Refused with a sentence when the other node could not be asked. What only some people here
        may know is found by nobody."""
        name = text.strip()
        if name.lower().startswith(("https://", "http://")):
            return await self._at(name)
        try:
            handle = Handle.parse(name if "@" in name.strip("@! ") else f"{name}@{self._own}")
        except WireError as error:
            sentence = N_("Write the name as @name@host, for example @rowan@kith.example.")
            raise Invalid("handle", sentence) from error
        known = await self._db.read(lambda uow: _known_by_name(uow, handle))
        if known is not None:
            return known
        if handle.authority == self._own:
            raise NotFound(NOBODY)
        budget = FetchBudget(FETCHES_PER_ACTIVITY)
        try:
            uri = await self._fetcher.webfinger(handle, budget)
        except FetchError as error:
            raise Refused(fetch_sentence(error), error.reason) from error
        return await self._fetch(uri, budget)

    async def _at(self, uri: str) -> int:
        known = await self._db.read(lambda uow: _shown(uow, uow.actors.by_uri(uri)))
        if known is not None:
            return known
        return await self._fetch(uri, FetchBudget(FETCHES_PER_ACTIVITY))

    async def _fetch(self, uri: str, budget: FetchBudget) -> int:
        try:
            found = await self._fetcher.read_actor(uri, budget)
        except FetchError as error:
            if error.reason == "self":
                raise NotFound(NOBODY) from error
            raise Refused(fetch_sentence(error), error.reason) from error

        def keep(uow: UnitOfWork) -> int:
            actor, now = found.store(uow), self._now()
            if actor.type == "Group":
                return keep_group(uow, actor, now)
            if not is_person(actor):
                raise NotFound(NOBODY)
            uow.profiles.ensure(actor, now, locked=found.asks_followers)
            return actor.id

        return await self._db.write(keep)


def _known_by_name(uow: UnitOfWork, handle: Handle) -> int | None:
    return _shown(uow, uow.actors.by_handle(handle.name, handle.authority))


def _shown(uow: UnitOfWork, actor: Actor | None) -> int | None:
    """The id of an actor that is known here and may be found by everybody; of another node only one
    whose place here was made, so that what it is has been asked."""
    if actor is None or actor.gone_at is not None or actor.suspended_at is not None:
        return None
    if actor.type == "Group":
        group = uow.groups.get(actor.id)
        return None if group is None or group.group.visibility == "private" else actor.id
    if not is_person(actor):
        return None
    is_settled = actor.is_local or uow.profiles.get(actor.id) is not None
    return actor.id if is_settled else None
