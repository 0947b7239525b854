"""Whom we believe: the only place that makes a `Verified` (DESIGN section 4, FEP-fe34).

An activity counts when the signed request's key belongs to its actor, when it carries a valid
FEP-8b32 proof of its actor, or when it was fetched from its actor's own authority at its id. What a
group announces is a pointer until one of the three holds for it; a group's own moderation verbs
count for that group's content alone. Linked-data signatures never count.
"""

from collections.abc import Callable, Sequence
from dataclasses import InitVar, dataclass
from datetime import datetime
from typing import Final, Generic, Literal, TypeVar

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from activitypub.errors import SignatureError, WireError
from activitypub.parse import parse_activity, read_json
from activitypub.signatures import proof_method, verify_proof
from activitypub.vocabulary import (
    Activity,
    Actor,
    Add,
    Announce,
    Create,
    Delete,
    Lock,
    Post,
    Remove,
    Undo,
    Update,
)
from federation.errors import FetchError
from federation.fetch import FetchedPost, Fetcher
from federation.key_fetches import KeyUnavailable
from federation.keys import KeyDirectory
from federation.limits import FetchBudget
from federation.origins import authority_or_none, same_authority
from federation.policy import PeerPolicy
from storage.database import Database

__all__ = ["FetchedPost", "How", "Unverified", "Verified", "Verifier"]

How = Literal["signature", "proof", "fetch", "same-origin", "group"]
A = TypeVar("A", bound=Activity, covariant=True)

_MADE_HERE: Final = object()


class Unverified(Exception):
    """An activity that nobody we believe vouches for. `reason` is short and stable."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Verified(Generic[A]):
    """An activity that we believe, and why.

    `how` is "group" for a moderation verb (Delete, Lock, Undo of either, Add, Remove) that only the
    announcing group vouches for: handlers confine it to the content of the group `via`. `via` is
    the URI of the announcing group, or None for what its actor sent us itself.
    """

    activity: A
    how: How
    via: str | None
    token: InitVar[object]

    def __post_init__(self, token: object) -> None:
        if token is not _MADE_HERE:
            raise TypeError("only federation.verify says that an activity is verified")


class Verifier:
    """Makes `Verified` of what a receipt holds. `own` is this node's authority."""

    def __init__(
        self,
        *,
        db: Database,
        fetcher: Fetcher,
        keys: KeyDirectory,
        policy: PeerPolicy,
        own: str,
        now: Callable[[], datetime],
    ) -> None:
        self._db = db
        self._fetcher = fetcher
        self._keys = keys
        self._policy = policy
        self._own = own
        self._now = now

    async def sent(
        self, activity: Activity, signer: str, budget: FetchBudget
    ) -> Verified[Activity]:
        """An activity whose request `signer`'s key has signed, as the receipt says.

        Raises Unverified when it is someone else's, or speaks of content that is not its actor's;
        FetchError when content had to be fetched and could not be.
        """
        if activity.actor != signer or not same_authority(activity.id, activity.actor):
            raise Unverified("other-actor")
        checked = await self._with_own_content(activity, budget)
        return Verified(checked, "signature", None, _MADE_HERE)

    async def announced(
        self, activity: Activity, by: Announce, budget: FetchBudget, *, by_group: bool
    ) -> Verified[Activity]:
        """What `by` hands on. `by_group` says whether its actor is a group, whose own word counts
        for acts of moderation, and whose server writes what it announces: for actors of that
        server this is their origin's word. A person's share is not (SIG-21).

        Raises Unverified, or FetchError when the activity could not be fetched now but perhaps can
        be later.
        """
        self._check_origin(activity)
        if authority_or_none(activity.actor) == self._own:
            return Verified(await self._ours(activity.id), "fetch", by.actor, _MADE_HERE)
        if by_group and same_authority(activity.actor, by.actor):
            return await self._believed(activity, "same-origin", by.actor, budget)
        if await self._proven(activity, budget):
            return await self._believed(activity, "proof", by.actor, budget)
        vouched = by_group and is_moderation(activity)
        try:
            fetched = await self._fetched(activity.id, budget)
        except (FetchError, Unverified) as error:
            if vouched:
                return Verified(activity, "group", by.actor, _MADE_HERE)
            if isinstance(error, FetchError) and error.retryable:
                raise
            raise Unverified("unverified") from error
        return await self._believed(fetched, "fetch", by.actor, budget)

    async def fetched(
        self, activity: Activity, by: Announce, budget: FetchBudget
    ) -> Verified[Activity]:
        """An activity that `by` named by its id and that was fetched from there just now."""
        self._check_origin(activity)
        return await self._believed(activity, "fetch", by.actor, budget)

    def _check_origin(self, activity: Activity) -> None:
        if not same_authority(activity.id, activity.actor):
            raise Unverified("other-host")
        if isinstance(activity, Announce):
            raise Unverified("announce-of-announce")
        name = authority_or_none(activity.actor) or ""
        if name != self._own and not self._policy.allows(name):
            raise Unverified("blocked")

    async def _believed(
        self, activity: Activity, how: How, via: str, budget: FetchBudget
    ) -> Verified[Activity]:
        checked = await self._with_own_content(activity, budget)
        return Verified(checked, how, via, _MADE_HERE)

    async def _proven(self, activity: Activity, budget: FetchBudget) -> bool:
        """Whether it carries a valid proof by a key that its actor's document lists (FEP-8b32)."""
        method = proof_method(activity.raw)
        if method is None or not same_authority(method, activity.actor):
            return False
        try:
            known = await self._keys.key(method, budget)
            if known.actor.uri != activity.actor or not isinstance(known.key, Ed25519PublicKey):
                return False
            verify_proof(activity.raw, known.key, now=self._now())
            await self._keys.confirm(method, known)
        except (KeyUnavailable, SignatureError):
            return False
        return True

    async def _fetched(self, uri: str, budget: FetchBudget) -> Activity:
        """The activity as its actor's own host serves it at its id."""
        document = await self._fetcher.document(uri, budget)
        try:
            activity = parse_activity(document)
        except WireError as error:
            raise Unverified("unverified") from error
        if activity.id != uri:
            raise Unverified("unverified")
        self._check_origin(activity)
        return activity

    async def _ours(self, uri: str) -> Activity:
        """An activity of our own actor that comes back announced is what we stored (OUT-15)."""
        stored = await self._db.read(lambda uow: uow.activities.by_uri(uri))
        if stored is None or not stored.public:
            raise Unverified("not-ours")
        return parse_activity(read_json(stored.body))

    async def _with_own_content(self, activity: Activity, budget: FetchBudget) -> Activity:
        """The activity, speaking only for its actor's own content (ORG-07, ORG-08).

        A post must be its actor's; one given by its id is fetched. A changed profile is read and
        stored as its origin shows it; one that is not the actor's own (a moderator's edit of a
        group) is then only named.
        """
        if not isinstance(activity, Create | Update):
            return activity
        match activity.object:
            case Post() as post:
                self._check_author(post, activity)
                return activity
            case Actor() as profile:
                if authority_or_none(profile.id) != self._own:
                    await self._fetcher.actor(profile.id, budget, fresh=True)
                if profile.id == activity.actor:
                    return activity
                return msgspec.structs.replace(activity, object=profile.id)
            case uri:
                return await self._with_fetched_post(activity, uri, budget)

    async def _with_fetched_post(
        self, activity: Create | Update, uri: str, budget: FetchBudget
    ) -> Activity:
        if not same_authority(uri, activity.actor):
            raise Unverified("other-author")
        if uri == activity.actor:
            await self._fetcher.actor(uri, budget, fresh=True)
            return activity
        post = (await self._fetcher.post(uri, budget)).post
        self._check_author(post, activity)
        return msgspec.structs.replace(activity, object=post)

    def _check_author(self, post: Post, activity: Activity) -> None:
        if post.attributed_to != activity.actor or not same_authority(post.id, activity.actor):
            raise Unverified("other-author")


def is_moderation(activity: Activity) -> bool:
    """Whether a group may vouch for it with its own word: its moderators' acts, and nothing that
    puts words into anyone's mouth."""
    if isinstance(activity, Undo):
        return isinstance(activity.object, Lock | Delete)
    return isinstance(activity, Delete | Lock | Add | Remove)


def narrowed(pointing: Verified[Activity], objects: Sequence[str]) -> Verified[Announce]:
    """A verified Announce with fewer things in it, each by its id alone."""
    if not isinstance(pointing.activity, Announce):
        raise TypeError("only an Announce points at things")
    activity = msgspec.structs.replace(pointing.activity, objects=tuple(objects))
    return Verified(activity, pointing.how, pointing.via, _MADE_HERE)
