"""The network step of a receipt: read it, find out whom to believe, bring what is missing.

Nothing is written here but actors and their keys, which are true whoever mentions them.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeGuard, TypeVar

from activitypub.errors import WireError
from activitypub.parse import parse_activity, read_json
from activitypub.vocabulary import GROUP_TYPES, Activity, Announce, Post
from federation.dispatch import Dispatcher, Ignored, Needs, Outcome, Refused
from federation.errors import FetchError
from federation.fetch import FetchedPost, Fetcher
from federation.limits import FetchBudget
from federation.origins import authority_or_none, same_authority
from federation.resolve import Brought, Resolver
from federation.turns import Turns
from federation.verify import Unverified, Verified, Verifier, is_moderation, narrowed
from storage.database import Database
from storage.receipts import Receipt
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")

Cares = Callable[[UnitOfWork, str], bool]
"""Whether what the actor with this URI announces is of interest here, as to its followers."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A receipt with all that its transaction needs. `settled` needs no handler any more."""

    items: tuple[Verified[Activity], ...]
    settled: tuple[Outcome, ...]
    brought: Brought


@dataclass(slots=True)
class _Work:
    receipt: Receipt
    patient: bool
    budget: FetchBudget = field(default_factory=FetchBudget)
    items: list[Verified[Activity]] = field(default_factory=list)
    settled: list[Outcome] = field(default_factory=list)
    at_hand: list[FetchedPost] = field(default_factory=list)


class Preparer:
    """Makes receipts ready. Raises FetchError for what may be had later, nothing else."""

    def __init__(
        self,
        *,
        db: Database,
        dispatcher: Dispatcher,
        fetcher: Fetcher,
        verifier: Verifier,
        own: str,
        cares: Cares,
    ) -> None:
        self._db = db
        self._dispatcher = dispatcher
        self._fetcher = fetcher
        self._verifier = verifier
        self._resolver = Resolver(db, fetcher, own)
        self._cares = cares
        self._own = own

    async def prepare(self, receipt: Receipt, turns: Turns, *, patient: bool) -> Ready:
        """Do the network step. With `patient`, a FetchError that may pass is raised; without, the
        receipt is made ready as well as it can be."""
        work = _Work(receipt, patient)
        try:
            activity = parse_activity(read_json(receipt.body))
        except WireError as error:
            return Ready((), (Refused(error.reason),), Brought((), frozenset()))
        sent = await self._judged(
            work, self._verifier.sent(activity, receipt.actor_uri, work.budget)
        )
        if sent is not None and isinstance(activity, Announce):
            await self._unwrap(sent, activity, work, turns)
        elif sent is not None:
            work.items.append(sent)
        brought = await self._bring(work, turns)
        return Ready(tuple(work.items), tuple(work.settled), brought)

    async def _unwrap(
        self, sent: Verified[Activity], announce: Announce, work: _Work, turns: Turns
    ) -> None:
        """Judge each thing that is handed on by itself; what is only pointed at stays together."""
        by_group, wanted = await self._db.read(lambda uow: self._announcer(uow, announce.actor))
        pointers: list[str] = []
        for item in announce.objects:
            if not wanted and not self._is_answered(item):
                work.settled.append(Ignored("nobody here follows the announcer"))
            elif isinstance(item, Activity):
                await self._add(
                    work, self._verifier.announced(item, announce, work.budget, by_group=by_group)
                )
            else:
                pointers.append(item if isinstance(item, str) else item.id)
                if isinstance(item, Post) and _speaks_for(announce, item):
                    work.at_hand.append(FetchedPost(item))
        if pointers:
            await self._point(narrowed(sent, pointers), announce, work, turns)

    def _is_answered(self, item: Activity | Post | str) -> bool:
        """Whether it matters whoever announces it: an act of moderation, or a post of ours."""
        if isinstance(item, Activity):
            return is_moderation(item)
        return authority_or_none(item if isinstance(item, str) else item.id) == self._own

    def _announcer(self, uow: UnitOfWork, uri: str) -> tuple[bool, bool]:
        actor = uow.actors.by_uri(uri)
        return actor is not None and actor.type in GROUP_TYPES, self._cares(uow, uri)

    async def _point(
        self, pointing: Verified[Announce], announce: Announce, work: _Work, turns: Turns
    ) -> None:
        """Find out what bare ids stand for: posts stay with the Announce, activities do not.

        What stands inline in an Announce of another host's post is not looked at (ORG-18).
        """
        wanted = self._dispatcher.needs(pointing.activity).posts
        await turns.wait_for(wanted, work.receipt.id)
        known = set(await self._known_posts(wanted))
        known.update(item.post.id for item in work.at_hand)
        posts: list[str] = []
        for uri in filter(_is_text, pointing.activity.objects):
            found = None
            if uri in wanted and uri not in known and authority_or_none(uri) != self._own:
                found = await self._judged(work, self._fetcher.pointed_at(uri, work.budget))
            if isinstance(found, Activity):
                await self._add(work, self._verifier.fetched(found, announce, work.budget))
                continue
            if found is not None:
                work.at_hand.append(found)
            posts.append(uri)
        if posts:
            work.items.append(narrowed(pointing, posts))

    async def _bring(self, work: _Work, turns: Turns) -> Brought:
        needs = [self._dispatcher.needs(item.activity) for item in work.items]
        # Whoever signed the request is stored already; those whose words are handed on may not be.
        senders = [item.activity.actor for item in work.items if item.via is not None]
        all_needs = Needs(
            actors=tuple(dict.fromkeys([*senders, *(uri for one in needs for uri in one.actors)])),
            posts=tuple(dict.fromkeys(uri for one in needs for uri in one.posts)),
        )
        await turns.wait_for(all_needs.posts, work.receipt.id)
        return await self._resolver.bring(
            all_needs, work.budget, work.at_hand, patient=work.patient
        )

    async def _known_posts(self, uris: tuple[str, ...]) -> list[str]:
        if not uris:
            return []
        return list(await self._db.read(lambda uow: uow.posts.by_uris(uris)))

    async def _add(self, work: _Work, judging: Awaitable[Verified[Activity]]) -> None:
        verified = await self._judged(work, judging)
        if verified is not None:
            work.items.append(verified)

    async def _judged(self, work: _Work, judging: Awaitable[T]) -> T | None:
        """The result, or None with the refusal among what is settled."""
        try:
            return await judging
        except Unverified as error:
            work.settled.append(Refused(error.reason))
        except FetchError as error:
            if work.patient and error.retryable:
                raise
            work.settled.append(Refused(error.reason))
        return None


def _speaks_for(announce: Announce, post: Post) -> bool:
    """Whether an inline post stands at the announcer's own host, author included."""
    return same_authority(announce.actor, post.id, post.attributed_to)


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)
