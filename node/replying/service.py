"""Finding who waits for an answer, and helping them without being worn out by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from node.errors import NotFound, Refused
from node.groups.place import NOTHING, group_for
from node.i18n import N_
from node.ports import Clock
from node.replying.rules import (
    DAY,
    LOOKED_BACK,
    Figures,
    Unanswered,
    figures,
    quietly_unanswered,
    spot_of,
)
from node.replying.sifting import Plain, Sifted, filters_met, sifted
from node.safety.filters import Filters
from node.safety.muting import Muting
from node.safety.newcomers import Newcomers
from node.visibility import may_see_place
from storage.actors import Actor
from storage.hashtags import tag_key
from storage.post_record import PostView
from storage.unit_of_work import UnitOfWork
from storage.waiting import Spot, Wanted

PAGE: Final = 20
LOOKED_AT: Final = 80
"""Threads that are read for one page: a reader's filters may leave out most of them."""
PAGES: Final = 5
"""Such pages that are looked through for the next one."""
PEOPLE: Final = 20
THREADS_OF_PEOPLE: Final = 400
COURSES: Final = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a reader looks for in the queue: of one group, with one kind of reply wanted, with a
    tag; "" and 0 are everything."""

    group_id: int = 0
    reply_wanted: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue. `next` is the spot after which the following one begins."""

    threads: list[Sifted]
    next: Spot | None


EVERYTHING: Final = Look()


class Replying:
    """Use cases of whoever would like to answer somebody. `days`: older threads wait no more."""

    def __init__(
        self,
        now: Clock,
        days: int,
        filters: Filters,
        muting: Muting,
        newcomers: Newcomers,
        plain: Plain,
    ) -> None:
        self._now = now
        self._waits = timedelta(days=days)
        self._filters = filters
        self._muting = muting
        self._newcomers = newcomers
        self._plain = plain

    def queue(
        self,
        uow: UnitOfWork,
        reader: Actor,
        look: Look = EVERYTHING,
        after: Spot | None = None,
        most: int = PAGE,
    ) -> Queue:
        """Up to `most` threads of the reader's groups that wait, in the order of `rules.order`."""
        wanted = self._wanted(uow, reader, look)
        found = uow.waiting.listed(wanted, LOOKED_AT + 1, after)
        filters = self._filters.on(uow, reader)
        shown = sifted(found[:LOOKED_AT], filters, self._plain, wanted.tag)
        page = shown[:most]
        if len(shown) > most:
            return Queue(page, spot_of(page[-1].waiting))
        if len(found) > LOOKED_AT:
            return Queue(page, spot_of(found[LOOKED_AT - 1]))
        return Queue(page, None)

    def next_one(
        self,
        uow: UnitOfWork,
        reader: Actor,
        look: Look = EVERYTHING,
        without: frozenset[int] = frozenset(),
    ) -> int | None:
        """The thread that waits most, of those that meet none of the reader's filters and are not
        `without`; None where nobody waits."""
        after: Spot | None = None
        for _ in range(PAGES):
            found = self.queue(uow, reader, look, after, most=LOOKED_AT)
            free = (one.waiting.view.post.id for one in found.threads if not one.filters)
            best = next((one for one in free if one not in without), None)
            if best is not None or found.next is None:
                return best
            after = found.next
        return None

    def unfiltered(
        self, uow: UnitOfWork, reader: Actor, views: Sequence[PostView]
    ) -> list[PostView]:
        """Those of these posts that meet none of the reader's filters, and are by nobody whom they
        read less of."""
        if not views:
            return []
        filters, left_out = self._filters.on(uow, reader), self._muting.left_out(uow, reader)
        return [
            one
            for one in views
            if not left_out.has(one.author) and not filters_met(one.post, filters, self._plain)
        ]

    def waits(self, uow: UnitOfWork, reader: Actor, group_id: int = 0) -> bool:
        """Whether anybody waits for somebody like the reader, in any group or in this one."""
        return uow.waiting.any_for(self._wanted(uow, reader, Look(group_id=group_id)))

    def skip(self, uow: UnitOfWork, reader: Actor, thread_id: int) -> None:
        """ "Not for me now": the reader, and nobody else, meets the thread no more in the queue.
        Raises NotFound for what it may not read."""
        at = uow.posts.whereabouts(thread_id)
        group_for(uow, at.group_id if at else NOTHING, reader)
        if at is None or not may_see_place(at, uow.blocks.hides(reader.id)):
            raise NotFound
        uow.helping.skip(reader.id, thread_id, self._now())

    def meet_again(self, uow: UnitOfWork, reader: Actor) -> None:
        """Whatever the reader skipped may be met again."""
        uow.helping.unskip(reader.id)

    def offer(self, uow: UnitOfWork, reader: Actor) -> None:
        """The reader would like to help. Raises Refused for newcomers: people who are hardly
        answered are not the first thing that somebody new is shown."""
        if reader.suspended_at is not None or self._newcomers.is_newcomer(uow, reader):
            sentence = N_("Have a look round first. After a few days you can offer to help here.")
            raise Refused(sentence, "newcomer")
        uow.helping.offer(reader.id, self._now())

    def withdraw(self, uow: UnitOfWork, reader: Actor) -> None:
        """The reader would rather not, from now on."""
        uow.helping.withdraw(reader.id)

    def is_helper(self, uow: UnitOfWork, reader: Actor) -> bool:
        """Whether somebody looks after others here: moderates a group, greets people, offered to
        help, or has a badge for listening."""
        if reader.suspended_at is not None:
            return False
        return uow.helping.helps(reader.id) or bool(uow.helper_paths.get(reader.id).badges)

    def unanswered(self, uow: UnitOfWork, reader: Actor) -> Sequence[Unanswered]:
        """People of this node who could use a kind word, as far as the reader's own groups and
        filters show it. For helpers alone; never the reader's own names. Raises Refused."""
        if not self.is_helper(uow, reader):
            sentence = N_("This page is for people who offered to help.")
            raise Refused(sentence, "not-a-helper")
        wanted = self._wanted(uow, reader, EVERYTHING)
        until = self._now() - DAY
        threads = uow.unanswered.of_members(wanted, until, PEOPLE, THREADS_OF_PEOPLE)
        filters = self._filters.on(uow, reader)
        met_none = [one.waiting for one in sifted(threads, filters, self._plain) if not one.filters]
        return quietly_unanswered(met_none)

    def figures(self, uow: UnitOfWork, group_id: int) -> Figures | None:
        """How the group answered within the last days; the caller has seen to it that a moderator
        asks. None for too few threads."""
        now = self._now()
        since = now - LOOKED_BACK
        return figures(uow.unanswered.courses(group_id, since, now, COURSES), now)

    def _wanted(self, uow: UnitOfWork, reader: Actor, look: Look) -> Wanted:
        left_out = self._muting.left_out(uow, reader)
        return Wanted(
            persona_id=reader.id,
            since=self._now() - self._waits,
            without=uow.blocks.hides(reader.id) | left_out.people,
            nodes=left_out.nodes,
            group_id=look.group_id,
            reply_wanted=look.reply_wanted,
            tag=tag_key(look.tag.removeprefix("#")) if look.tag else "",
        )
