"""Use cases of polls as parts of posts: made, changed, shown. Votes are `voting.py`'s."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from node.polls import rules
from node.polls.rules import PollDraft, PollLimits, RemotePoll, Standing
from node.ports import Clock, NewId
from storage.actors import Actor
from storage.polls import Poll
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class PollView:
    """A poll as one reader sees it. `counts` and `voters` are None while they are hidden; `votes`
    is what the reader chose, `standing` None for a visitor."""

    poll: Poll
    standing: Standing | None
    votes: tuple[int, ...]
    counts: tuple[int, ...] | None
    voters: int | None
    has_ended: bool

    def percent(self, place: int) -> int:
        """Of those who voted, how many in a hundred chose this option; 0 while that is hidden."""
        if self.counts is None:
            return 0
        people = self.voters if self.voters is not None else sum(self.counts)
        return rules.share(self.counts[place], people)

    @property
    def ends_at(self) -> datetime | None:
        """When it ends or ended; None for one that may run for ever."""
        return self.poll.closed_at or self.poll.expires_at


class Polls:
    """Polls of posts."""

    def __init__(self, now: Clock, new_id: NewId, limits: PollLimits) -> None:
        self._now = now
        self._new_id = new_id
        self.limits = limits

    def begin(self, post_id: int, owner_id: int, draft: PollDraft) -> Poll:
        """The poll of a post that is about to be. Raises Invalid."""
        now = self._now()
        draft = rules.checked(draft, self.limits, now)
        return Poll(
            id=self._new_id(),
            post_id=post_id,
            owner_id=owner_id,
            options=draft.options,
            multiple=draft.multiple,
            hide_totals=draft.hide_totals,
            expires_at=draft.closes_at,
            counts=(0,) * len(draft.options),
            voters=0,
            created_at=now,
        )

    def change(self, uow: UnitOfWork, post_id: int, owner_id: int, draft: PollDraft) -> Poll:
        """The poll of a post that is being changed. One with other options begins anew, since its
        votes were for the old ones; the same options are the same poll. Raises Invalid."""
        fresh = self.begin(post_id, owner_id, draft)
        kept = uow.polls.of_posts([post_id]).get(post_id)
        if kept is None:
            uow.polls.add(fresh)
            return fresh
        if kept.options == fresh.options and kept.multiple == fresh.multiple:
            return kept
        changed = replace(fresh, id=kept.id, created_at=kept.created_at)
        uow.polls.change(changed)
        return changed

    def receive(self, uow: UnitOfWork, post_id: int, owner_id: int, found: RemotePoll) -> Poll:
        """What another node tells of the poll of a post of its own: new, or how it stands now."""
        kept = uow.polls.of_posts([post_id]).get(post_id)
        if kept is None or kept.options != found.options or kept.multiple != found.multiple:
            uow.polls.drop_of_post(post_id)
            fresh = self._remote(post_id, owner_id, found)
            uow.polls.add(fresh)
            return fresh
        current = self._remote(post_id, owner_id, found)
        current = replace(current, id=kept.id, told_at=kept.told_at, created_at=kept.created_at)
        if (current.tally, current.voters) != (kept.tally, kept.voters) or (
            current.expires_at,
            current.closed_at,
        ) != (kept.expires_at, kept.closed_at):
            uow.polls.refresh(current)
        return current

    def _remote(self, post_id: int, owner_id: int, found: RemotePoll) -> Poll:
        now = self._now()
        counts = (*found.counts, *(0 for _ in found.options))[: len(found.options)]
        return Poll(
            id=self._new_id(),
            post_id=post_id,
            owner_id=owner_id,
            options=found.options,
            multiple=found.multiple,
            expires_at=found.expires_at,
            closed_at=found.closed_at,
            tally=",".join(map(str, counts)),
            voters=found.voters,
            counts=counts,
            created_at=now,
        )


def polls_shown(
    uow: UnitOfWork, posts: Collection[int], reader: Actor | None, now: datetime
) -> dict[int, PollView]:
    """The polls of those posts that have one, as a reader of the posts sees them, by post. The same
    number of queries for one post and for forty."""
    found = uow.polls.of_posts(posts)
    ids = [poll.id for poll in found.values()]
    votes = uow.polls.votes_of(reader.id, ids) if reader is not None and ids else {}
    return {
        post_id: poll_view(poll, reader, votes.get(poll.id, ()), now)
        for post_id, poll in found.items()
    }


def poll_view(poll: Poll, reader: Actor | None, votes: tuple[int, ...], now: datetime) -> PollView:
    """One poll for one reader, who chose `votes`."""
    standing = rules.standing_of(poll, reader.id if reader else None, votes)
    shows = rules.shows_totals(poll, standing, now)
    return PollView(
        poll=poll,
        standing=standing if reader is not None else None,
        votes=votes,
        counts=poll.counts if shows else None,
        voters=poll.voters if shows else None,
        has_ended=rules.state_of(poll, now) == "ended",
    )
