"""Posts for later: kept sealed, published by a worker when they are due, exactly once.

What is scheduled is rehearsed first, in a transaction that is taken back: whatever would be refused
is refused at once, and nothing of it is kept (PRV-02). When it is due, the row goes in the very
transaction that makes the post: a crash in between leaves both or neither.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct, json

from node.clients.composition import Composition, visibility_of
from node.clients.posts import Posts
from node.consents import held
from node.errors import Invalid, KithError, NotFound, Refused
from node.groups.drafts import PollDraft
from node.media.posting import PostPictures
from node.ports import Clock, NewId
from storage.actors import Actor
from storage.database import Database
from storage.scheduled import ScheduledPost
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

SOONEST: Final = timedelta(minutes=5)
LATEST: Final = timedelta(days=366)
MOST: Final = 300
MOST_A_DAY: Final = 25
TOPIC: Final = "scheduled"


class WaitingPoll(Struct, frozen=True, kw_only=True):
    """A poll that opens with its post."""

    options: tuple[str, ...]
    expires_in: int
    multiple: bool = False
    hide_totals: bool = False


class WaitingPost(Struct, frozen=True, kw_only=True):
    """What is to be posted, as it is kept."""

    text: str
    spoiler_text: str | None = None
    visibility: str | None = None
    language: str | None = None
    in_reply_to: int | None = None
    media_ids: tuple[int, ...] = ()
    poll: WaitingPoll | None = None
    sensitive: bool = False
    is_plain: bool = True


class Rehearsed(Exception):
    """Takes a rehearsal back: all went well."""


class Scheduling:
    """Use cases of posts for later, and the work of publishing them."""

    def __init__(
        self, db: Database, posts: Posts, pictures: PostPictures, now: Clock, new_id: NewId
    ) -> None:
        self._db = db
        self._posts = posts
        self._pictures = pictures
        self._now = now
        self._new_id = new_id

    async def rehearse(self, who: Actor, sent: Composition) -> None:
        """Raises what posting it now would raise. Nothing of it stays."""

        def attempt(uow: UnitOfWork) -> None:
            self._posts.compose(uow, who, sent)
            raise Rehearsed

        try:
            await self._db.write(attempt)
        except Rehearsed:
            return

    def schedule(
        self, uow: UnitOfWork, who: Actor, due_at: datetime, sent: Composition
    ) -> ScheduledPost:
        """Keep what was rehearsed. Raises Invalid for a time that is too soon or too late, and for
        too many."""
        self._check_time(uow, who, due_at)
        if uow.scheduled.count(who.id) >= MOST:
            raise Invalid("scheduled_at", f"{MOST} of your posts wait. Let some of them go out.")
        now = self._now()
        post = ScheduledPost(
            id=self._new_id(),
            persona_id=who.id,
            due_at=due_at,
            created_at=now,
            body=json.encode(_waiting(sent, now)),
        )
        uow.scheduled.add(post)
        self._hold(uow, who, post)
        uow.wake(TOPIC)
        return post

    def move(
        self, uow: UnitOfWork, who: Actor, scheduled_id: int, due_at: datetime
    ) -> ScheduledPost:
        """Another time for it. Raises Invalid, NotFound."""
        if uow.scheduled.get(scheduled_id, who.id) is None:
            raise NotFound
        self._check_time(uow, who, due_at)
        uow.scheduled.move(scheduled_id, who.id, due_at)
        uow.wake(TOPIC)
        moved = uow.scheduled.get(scheduled_id, who.id)
        if moved is None:
            raise NotFound
        self._hold(uow, who, moved)
        return moved

    def cancel(self, uow: UnitOfWork, who: Actor, scheduled_id: int) -> None:
        """Let it not be posted. Raises NotFound."""
        if not uow.scheduled.drop(scheduled_id, who.id):
            raise NotFound

    async def run_once(self) -> int:
        """Publish one that is due; how many that were."""
        due: list[ScheduledPost] = []

        def publish(uow: UnitOfWork) -> bool:
            due[:] = found = [one for one in [uow.scheduled.claim_due(self._now())] if one]
            for one in found:
                self._publish(uow, one)
            return bool(found)

        try:
            return int(await self._db.write(publish))
        except KithError as error:
            log.info("a scheduled post was refused: %s", error.code)
        except Exception:
            if not due:
                raise
            log.exception("scheduled post %d failed; it is not tried again", due[0].id)
        await self._db.write(lambda uow: uow.scheduled.refuse(due[0].id, self._now()))
        return 1

    async def next_due(self) -> datetime | None:
        """When the next one is due."""
        return await self._db.read(lambda uow: uow.scheduled.next_due())

    def _publish(self, uow: UnitOfWork, due: ScheduledPost) -> None:
        account_id = uow.accounts.account_of(due.persona_id)
        account = uow.accounts.get(account_id) if account_id is not None else None
        who = uow.actors.get(due.persona_id)
        if who is None or account is None or account.suspended_at is not None or held(account):
            raise Refused("Who wrote it takes no part now.", "held")
        sent = composition_of(json.decode(due.body, type=WaitingPost), self._now())
        self._posts.compose(uow, who, sent)
        uow.scheduled.drop(due.id, who.id)

    def _hold(self, uow: UnitOfWork, who: Actor, post: ScheduledPost) -> None:
        """Let the pictures of a post wait as long as it does."""
        ids = waiting_post(post).media_ids
        if ids:
            self._pictures.hold(uow, who, ids, post.due_at - self._now())

    def _check_time(self, uow: UnitOfWork, who: Actor, due_at: datetime) -> None:
        now = self._now()
        if due_at < now + SOONEST:
            raise Invalid("scheduled_at", "scheduled_at must be at least 5 minutes in the future.")
        if due_at > now + LATEST:
            raise Invalid("scheduled_at", "scheduled_at must be within a year.")
        day = due_at.replace(hour=0, minute=0, second=0, microsecond=0)
        if uow.scheduled.count_between(who.id, day, day + timedelta(days=1)) >= MOST_A_DAY:
            raise Invalid("scheduled_at", f"{MOST_A_DAY} posts wait for that day. Take another.")


def waiting_post(post: ScheduledPost) -> WaitingPost:
    """What is to be posted."""
    return json.decode(post.body, type=WaitingPost)


def _waiting(sent: Composition, now: datetime) -> WaitingPost:
    poll = sent.poll
    return WaitingPost(
        text=sent.text,
        spoiler_text=sent.spoiler_text,
        visibility=sent.visibility,
        language=sent.language,
        in_reply_to=sent.in_reply_to,
        media_ids=sent.media_ids or (),
        poll=None
        if poll is None
        else WaitingPoll(
            options=poll.options,
            expires_in=round((poll.closes_at - now).total_seconds()),
            multiple=poll.multiple,
            hide_totals=poll.hide_totals,
        ),
        sensitive=sent.sensitive,
        is_plain=sent.text_type == "text/plain",
    )


def composition_of(waiting: WaitingPost, now: datetime) -> Composition:
    """The same, to be posted now."""
    poll = waiting.poll
    return Composition(
        text=waiting.text,
        spoiler_text=waiting.spoiler_text,
        visibility=visibility_of(waiting.visibility),
        language=waiting.language,
        in_reply_to=waiting.in_reply_to,
        media_ids=waiting.media_ids or None,
        poll=None
        if poll is None
        else PollDraft(
            options=poll.options,
            multiple=poll.multiple,
            hide_totals=poll.hide_totals,
            closes_at=now + timedelta(seconds=poll.expires_in),
        ),
        sensitive=waiting.sensitive,
        text_type="text/plain" if waiting.is_plain else "text/markdown",
    )
