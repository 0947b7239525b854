"""Bring what a handler needs: unknown actors, posts, and what those posts answer.

A thread is climbed in a loop, newest to oldest, until something known, its beginning, or the end of
the activity's fetch budget (OUT-11). What cannot be had for good is left out, and the handler sees
that it is missing; what may be had later stops the work, and the receipt waits.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from activitypub.vocabulary import Post
from federation.dispatch import Needs
from federation.errors import FetchError, TooManyFetches
from federation.fetch import FetchedPost, Fetcher
from federation.limits import FetchBudget
from federation.origins import authority_or_none
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Brought:
    """Posts that were missing, oldest ancestor first, and URIs of those that are gone (410)."""

    posts: tuple[FetchedPost, ...]
    gone: frozenset[str]


class Resolver:
    """Fetches and stores what is missing. `own` is this node's authority."""

    def __init__(self, db: Database, fetcher: Fetcher, own: str) -> None:
        self._db = db
        self._fetcher = fetcher
        self._own = own

    async def bring(
        self,
        needs: Needs,
        budget: FetchBudget,
        at_hand: Iterable[FetchedPost] = (),
        *,
        patient: bool = True,
    ) -> Brought:
        """The posts that were missing, their authors stored as actors.

        `at_hand` are posts fetched already. When `patient`, a FetchError that may pass is raised;
        otherwise it counts as missing for good.
        """
        climb = _Climb(self._fetcher, budget, patient, {item.post.id: item for item in at_hand})
        unknown_posts, unknown_actors = await self._unknown(needs)
        for uri in unknown_actors:
            await climb.actor(uri)
        for uri in unknown_posts:
            await self._ascend(uri, climb)
        return Brought(tuple(climb.ready), frozenset(climb.gone))

    async def _ascend(self, uri: str, climb: "_Climb") -> None:
        chain: list[FetchedPost] = []
        following: str | None = uri
        while following is not None and following not in climb.seen:
            climb.seen.add(following)
            found = await climb.post(following)
            if found is None:
                break
            chain.append(found)
            following = await self._unknown_parent(found.post)
        for found in reversed(chain):
            if await self._author(found.post, climb):
                climb.ready.append(found)

    async def _author(self, post: Post, climb: "_Climb") -> bool:
        known = await self._db.read(lambda uow: uow.actors.by_uri(post.attributed_to))
        return known is not None or await climb.actor(post.attributed_to)

    async def _unknown_parent(self, post: Post) -> str | None:
        parent = post.in_reply_to
        if parent is None or authority_or_none(parent) in (None, self._own):
            return None
        known = await self._db.read(lambda uow: uow.posts.by_uri(parent))
        return parent if known is None else None

    async def _unknown(self, needs: Needs) -> tuple[list[str], list[str]]:
        """Of what is needed, the posts and actors that are neither stored nor our own to know."""
        posts = [uri for uri in dict.fromkeys(needs.posts) if self._elsewhere(uri)]
        actors = [uri for uri in dict.fromkeys(needs.actors) if self._elsewhere(uri)]
        if not posts and not actors:
            return [], []
        known_posts, known_actors = await self._db.read(
            lambda uow: (
                uow.posts.by_uris(posts) if posts else {},
                uow.actors.by_uris(actors) if actors else {},
            )
        )
        return (
            [uri for uri in posts if uri not in known_posts],
            [uri for uri in actors if uri not in known_actors],
        )

    def _elsewhere(self, uri: str) -> bool:
        return authority_or_none(uri) not in (None, self._own)


class _Climb:
    """One activity's fetches: what was seen, what is ready, and what to do when one fails."""

    def __init__(
        self,
        fetcher: Fetcher,
        budget: FetchBudget,
        patient: bool,
        at_hand: dict[str, FetchedPost],
    ) -> None:
        self.seen: set[str] = set()
        self.ready: list[FetchedPost] = []
        self.gone: set[str] = set()
        self._fetcher = fetcher
        self._budget = budget
        self._patient = patient
        self._at_hand = at_hand

    async def post(self, uri: str) -> FetchedPost | None:
        """The post, or None if it is not to be had."""
        if uri in self._at_hand:
            return self._at_hand[uri]
        try:
            return await self._fetcher.post(uri, self._budget)
        except FetchError as error:
            if error.status == 410:
                self.gone.add(uri)
            self._go_on_without(error)
            return None

    async def actor(self, uri: str) -> bool:
        """Whether the actor is stored now."""
        try:
            await self._fetcher.actor(uri, self._budget)
        except FetchError as error:
            self._go_on_without(error)
            return False
        return True

    def _go_on_without(self, error: FetchError) -> None:
        if self._patient and error.retryable and not isinstance(error, TooManyFetches):
            raise error
