"""Like and EmojiReact, as supportive reactions (b6, FEP-c0e0). Down-votes are read and left."""

from activitypub.vocabulary import REACTIONS, Dislike, EmojiReact, Like
from federation.dispatch import Context, Done, Ignored, Outcome, Waits
from federation.verify import Verified
from node.groups.incoming import Arrivals, hangs_on_gone
from node.groups.senders import received_from, sender_of
from node.groups.service import Groups
from storage.unit_of_work import UnitOfWork

PLAIN_LIKE = "hear-you"

KIND_OF_EMOJI = {
    **{emoji: kind for kind, emoji in REACTIONS.items()},
    **dict.fromkeys("❤🧡💛💚💙💜🤎🖤🤍🫶🤗👂👍", "hear-you"),
    **dict.fromkeys("✋🙌🤝", "me-too"),
    **dict.fromkeys("🔥🦾✊", "strength"),
    **dict.fromkeys("😊🥹", "thank-you"),
    **dict.fromkeys("🎉👏⭐✨🏆", "proud"),
}
"""What other systems' emoji mean here. One that is not among them is not kept: it may mock."""


def kind_of(content: str | None) -> str | None:
    """Our kind for the content of a reaction; a plain Like says "I hear you"."""
    if not content:
        return PLAIN_LIKE
    return KIND_OF_EMOJI.get(content.replace("\ufe0f", "")[:1])


class ReactionHandlers:
    """Reactions of other nodes' members."""

    def __init__(self, groups: Groups, arrivals: Arrivals) -> None:
        self._groups = groups
        self._arrivals = arrivals

    def like(self, uow: UnitOfWork, verified: Verified[Like], context: Context) -> Outcome:
        """A Like, with or without an emoji."""
        return self._react(uow, verified, verified.activity.content, context)

    def emoji_react(
        self, uow: UnitOfWork, verified: Verified[EmojiReact], context: Context
    ) -> Outcome:
        """A reaction with an emoji."""
        return self._react(uow, verified, verified.activity.content, context)

    def dislike(self, _uow: UnitOfWork, _v: Verified[Dislike], _context: Context) -> Outcome:
        """Nobody is voted down here."""
        return Ignored("down-votes are not kept")

    def _react(
        self,
        uow: UnitOfWork,
        verified: Verified[Like] | Verified[EmojiReact],
        content: str | None,
        context: Context,
    ) -> Outcome:
        sender = sender_of(uow, verified)
        kind = kind_of(content)
        if kind is None:
            return Ignored("not a supportive reaction")
        post = self._arrivals.bring(uow, verified.activity.object, verified.via, context)
        if post is None:
            uri = verified.activity.object
            if uri not in context.gone and hangs_on_gone(uri, context):
                return Waits("what it reacts to hangs on what is gone")
            return Ignored("what it reacts to is not here")
        self._groups.react(uow, post.id, sender, kind, received_from(verified))
        return Done("reaction")
