"""From a handle such as `!grief@kith.example` to the group's record here, fetched if need be."""

from datetime import datetime

from activitypub.errors import WireError
from activitypub.webfinger import Handle
from federation.errors import FetchError
from federation.fetch import Fetcher
from federation.limits import FETCHES_PER_ACTIVITY, FetchBudget
from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.ports import Clock
from storage.actors import Actor
from storage.database import Database
from storage.groups import Group
from storage.unit_of_work import UnitOfWork


class LookUp:
    """Finds groups by handle. `own` is this node's authority."""

    def __init__(self, db: Database, fetcher: Fetcher, now: Clock, own: str) -> None:
        self._db = db
        self._fetcher = fetcher
        self._now = now
        self._own = own

    async def __call__(self, text: str) -> int:
        """The id of the group's actor. Raises Invalid, NotFound or Refused with a sentence. Private
        groups are found by nobody: an answer would tell that they exist."""
        try:
            handle = Handle.parse(text if "@" in text.strip("!@ ") else f"{text}@{self._own}")
        except WireError as error:
            raise Invalid(
                "handle",
                N_("Write the group as !name@host, for example !grief@kith.example."),
            ) from error
        known = await self._db.read(lambda uow: uow.groups.by_handle(handle.name, handle.authority))
        if known is not None and known.group.visibility != "private":
            return known.actor.id
        if handle.authority == self._own:
            raise NotFound(N_("There is no group with this name here."))
        actor = await self._fetch(handle)
        return await self._db.write(lambda uow: keep_group(uow, actor, self._now()))

    async def _fetch(self, handle: Handle) -> Actor:
        budget = FetchBudget(FETCHES_PER_ACTIVITY)
        try:
            uri = await self._fetcher.webfinger(handle, budget)
            actor = await self._fetcher.actor(uri, budget, fresh=True)
        except FetchError as error:
            raise Refused(fetch_sentence(error), error.reason) from error
        if actor.type != "Group":
            raise NotFound(N_("This is not a group. Look for a handle that begins with “!”."))
        return actor


def keep_group(uow: UnitOfWork, actor: Actor, now: datetime) -> int:
    """Remember a group of another node; answers the id of its actor. Twice changes nothing."""
    if uow.groups.get(actor.id) is None:
        group = Group(
            actor_id=actor.id,
            visibility="public",
            is_local=False,
            guidelines="",
            created_by=None,
            reply_policy="anyone",
            posting_policy="moderators" if actor.posting_restricted else "members",
            backfilled_at=None,
            created_at=now,
        )
        uow.groups.add(group)
    return actor.id


def fetch_sentence(error: FetchError) -> str:
    """What to tell the person, without the other node's words."""
    if error.status in (404, 410) or error.reason == "gone":
        return N_("That node has nobody and no group of that name. Check it.")
    if error.reason in ("address", "scheme", "port", "host"):
        return N_(
            "This node only calls public addresses over https. For a trial on one machine, its "
            "administrator can set allowed_test_networks."
        )
    if error.reason == "policy":
        return N_(
            "This node does not exchange posts with that node. Its administrators can change that."
        )
    if error.retryable:
        return N_("That node does not answer just now. Try again in a little while.")
    return N_("That node could not be asked. Check the part after the second “@”.")
