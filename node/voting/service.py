"""Use cases of votes, on an open `uow`: cast one, take one from elsewhere, tell how a poll ended.

Nobody is told who chose what: not the author, not moderators, not other voters.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from node.errors import Invalid, NotFound
from node.groups.place import insist, insist_in_touch, place_of, view_of
from node.notifications.service import Notifying
from node.polls import rules as polls
from node.ports import Clock, NewId
from node.profiles.place import hidden_from, standing_of
from node.visibility import may_see_post
from node.voting.rules import may_vote, may_vote_still
from storage.actors import Actor
from storage.polls import Poll
from storage.posts import PostView
from storage.unit_of_work import UnitOfWork

ENDED_AT_ONCE = 50


class Teller(Protocol):
    """Whoever tells other nodes."""

    def voted(
        self, uow: UnitOfWork, view: PostView, voter: Actor, ballot_id: int, names: Sequence[str]
    ) -> None: ...

    def ended(self, uow: UnitOfWork, view: PostView) -> None: ...


class Voting:
    """Votes, and the ends of polls."""

    def __init__(self, notifying: Notifying, teller: Teller, now: Clock, new_id: NewId) -> None:
        self._notifying = notifying
        self._teller = teller
        self._now = now
        self._new_id = new_id

    def vote(self, uow: UnitOfWork, poll_id: int, voter: Actor, choices: Sequence[int]) -> Poll:
        """The one ballot of a persona of ours. Raises NotFound for what it may not read, Refused
        and Invalid for what it may not choose."""
        view = self._place(uow, uow.polls.post_of(poll_id) or 0, voter)
        poll = uow.polls.get(poll_id)
        if poll is None:
            raise NotFound
        ballot_id = self._cast(uow, poll, voter, choices)
        if not poll.is_counted_here:
            uow.polls.refresh(_with_vote(poll, choices))
            names = [poll.options[choice] for choice in dict.fromkeys(choices)]
            self._teller.voted(uow, view, voter, ballot_id, names)
        return poll

    def receive(self, uow: UnitOfWork, post_id: int, voter: Actor, name: str) -> bool:
        """A vote of somebody elsewhere, in a poll of ours, by the words of an option: each choice
        comes by itself. False where it changes nothing. Raises as `vote` does."""
        view = self._place(uow, post_id, voter)
        poll = uow.polls.of_posts([post_id]).get(post_id)
        if poll is None or not view.post.is_local or name not in poll.options:
            raise NotFound
        choice, now = poll.options.index(name), self._now()
        votes = uow.polls.votes_of(voter.id, [poll.id]).get(poll.id, ())
        if not votes:
            polls.insist_vote(poll, polls.standing_of(poll, voter.id, votes), [choice], now)
            if uow.polls.vote(self._new_id(), poll.id, voter.id, [choice], now):
                return True  # else another choice of theirs came in at the same moment
        if not poll.multiple or polls.state_of(poll, now) != "open":
            return False
        return uow.polls.vote_more(poll.id, voter.id, choice)

    def end_due(self, uow: UnitOfWork) -> int:
        """Tell those who voted, and the author, which polls have ended; other nodes get the last
        numbers of ours. How many there were."""
        due = uow.polls.due(self._now(), ENDED_AT_ONCE)
        for poll_id in due:
            if uow.polls.told(poll_id, self._now()):
                self._end(uow, poll_id)
        return len(due)

    def _end(self, uow: UnitOfWork, poll_id: int) -> None:
        post_id = uow.polls.post_of(poll_id)
        post = uow.posts.get(post_id) if post_id is not None else None
        if post is None or post.deleted_at is not None or post.removed_at is not None:
            return
        view = view_of(uow, post)
        in_group = post.audience == "group"
        told = uow.actors.get_many({*uow.polls.voters(poll_id), post.author_id})
        for persona in told.values():
            self._notifying.tell(
                uow,
                "poll",
                persona,
                view.author,
                group_id=post.group_id if in_group else None,
                post_id=post.id,
            )
        if post.is_local:
            self._teller.ended(uow, view)

    def _cast(self, uow: UnitOfWork, poll: Poll, voter: Actor, choices: Sequence[int]) -> int:
        now, ballot_id = self._now(), self._new_id()
        votes = uow.polls.votes_of(voter.id, [poll.id]).get(poll.id, ())
        polls.insist_vote(poll, polls.standing_of(poll, voter.id, votes), choices, now)
        if not uow.polls.vote(ballot_id, poll.id, voter.id, choices, now):
            raise Invalid("choices", polls.VOTED)
        return ballot_id

    def _place(self, uow: UnitOfWork, post_id: int, voter: Actor) -> PostView:
        """The post with the poll, where the voter may vote. Raises NotFound, Refused."""
        at = uow.posts.whereabouts(post_id)
        if at is not None and at.audience != "group":
            return self._on_profile(uow, post_id, voter)
        place = place_of(uow, post_id, voter)
        insist_in_touch(uow, place, voter)
        group, post = place.group.group, place.view.post
        insist(may_vote(group, place.thread, post, voter, place.membership))
        return place.view

    def _on_profile(self, uow: UnitOfWork, post_id: int, voter: Actor) -> PostView:
        standing = standing_of(uow, post_id, voter)
        hidden = hidden_from(uow, voter)
        if not all(may_see_post(one, hidden) for one in (standing.view.post, standing.thread)):
            raise NotFound
        insist(may_vote_still(standing.thread, standing.view.post, voter))
        return standing.view


def _with_vote(poll: Poll, choices: Sequence[int]) -> Poll:
    """The poll of another node with one vote more, until that node tells its numbers."""
    counts = [count + (place in choices) for place, count in enumerate(poll.counts)]
    voters = None if poll.voters is None else poll.voters + 1
    return replace(poll, tally=",".join(map(str, counts)), voters=voters)
