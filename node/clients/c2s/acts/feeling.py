"""What one says to a post without words: Like, EmojiReact and Announce."""

from activitypub.vocabulary import REACTIONS
from node.clients.c2s.acts.desk import Desk, Doer, Done, post_named
from node.clients.c2s.submission import Submission, words
from node.errors import Invalid
from storage.unit_of_work import UnitOfWork

_KINDS = {emoji: kind for kind, emoji in REACTIONS.items()}


def like(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """A reaction: the one that its emoji names, else "I hear you" (FEP-c0e0). Raises Invalid,
    Refused, NotFound."""
    post = post_named(uow, sent.object_id)
    desk.posts.react(uow, post.id, doer.persona, _kind(sent))
    reaction = uow.reactions.get(post.id, doer.persona.id)
    return Done(type="Like", object_uri=post.uri, made=reaction.id if reaction else None)


def announce(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Hand a public post on to one's followers. Raises Refused, NotFound."""
    post = post_named(uow, sent.object_id)
    made = desk.posts.share(uow, post.id, doer.persona)
    return Done(type="Announce", object_uri=post.uri, made=made)


def _kind(sent: Submission) -> str | None:
    emoji = words(sent.raw, "content")
    if emoji is None and sent.type == "Like":
        return None
    kind = _KINDS.get((emoji or "").strip())
    if kind is None and sent.type == "EmojiReact":
        raise Invalid("content", f"content must be one of {' '.join(REACTIONS.values())}")
    return kind
