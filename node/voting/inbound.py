"""Votes from other nodes: a Create of a Note with the words of an option as its name, no content,
and our poll as what it answers (Mastodon's form). Asked before those who would take it for a reply.
"""

from activitypub.vocabulary import Create, Post
from federation.dispatch import Context, Dispatcher, Done, Ignored, Outcome, Refused
from federation.verify import Verified
from node.errors import KithError
from node.groups.senders import sender_of
from node.voting.service import Voting
from storage.unit_of_work import UnitOfWork


def register(dispatcher: Dispatcher, voting: Voting) -> None:
    """Have the dispatcher ask here first."""

    def vote(uow: UnitOfWork, verified: Verified[Create], _context: Context) -> Outcome | None:
        post = verified.activity.object
        if not isinstance(post, Post) or not is_vote(post) or verified.via is not None:
            return None
        sender = sender_of(uow, verified)
        if post.attributed_to != sender.uri or sender.is_local:
            return Refused("someone else's vote")
        asked = uow.posts.by_uri(post.in_reply_to or "")
        if asked is None or not asked.is_local:
            return Ignored("a vote in a poll that is not ours")
        try:
            counted = voting.receive(uow, asked.id, sender, post.name or "")
        except KithError as error:
            return Refused(error.code)
        return Done("vote") if counted else Done("voted already")

    dispatcher.first(Create, vote)


def is_vote(post: Post) -> bool:
    """Whether a post is a vote: it has a name and answers something, and says nothing else."""
    return bool(post.in_reply_to and post.name) and not post.content
