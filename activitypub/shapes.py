"""The activities we send, with the addresses that every peer expects (group-federation b2 to b11).

Four rules hold throughout (a4, rules 6, 9 and 11): what is public names Public and the group, on
the activity and on its object alike; `audience` is the group; a post mentions its group, so that a
Mastodon user's reply is addressed to it; votes have no address at all.
"""

from msgspec.structs import replace

from activitypub.vocabulary import (
    PUBLIC,
    Accept,
    Activity,
    Actor,
    Add,
    Announce,
    Create,
    Delete,
    EmojiReact,
    Flag,
    Follow,
    Like,
    Lock,
    Post,
    Reject,
    Remove,
    Tag,
    Tombstone,
    Undo,
    Update,
)


def follow(activity_id: str, actor: str, followed: str) -> Follow:
    """b2: ask to follow; for a group, to join."""
    return Follow(id=activity_id, actor=actor, to=(followed,), object=followed)


def accept(activity_id: str, asked: Follow) -> Accept:
    """b2: the answer yes, with the Follow inside (Lemmy requires it inline)."""
    return Accept(id=activity_id, actor=asked.object, to=(asked.actor,), object=asked)


def reject(activity_id: str, asked: Follow) -> Reject:
    """b2: the answer no, or the end of a membership."""
    return Reject(id=activity_id, actor=asked.object, to=(asked.actor,), object=asked)


def undo(activity_id: str, undone: Activity) -> Undo:
    """b2, b6, b8, b10: take back what the same actor did, with the address of what is undone."""
    return Undo(
        id=activity_id,
        actor=undone.actor,
        to=undone.to,
        cc=undone.cc,
        audience=undone.audience,
        object=undone,
    )


def addressed_to_group(post: Post, group: str, mentions: tuple[Tag, ...]) -> Post:
    """b3, b5: a post for a group. `mentions` are the group itself and the author answered, if any.

    All who are mentioned stand in `cc`; the mentions come before the post's other tags.
    """
    named = dict.fromkeys((group, *(tag.href for tag in mentions if tag.href)))
    return replace(
        post, to=(PUBLIC,), cc=tuple(named), audience=(group,), tags=(*mentions, *post.tags)
    )


def create(activity_id: str, post: Post) -> Create:
    """b3, b5: a new post by its author, with the post's own address."""
    return Create(
        id=activity_id,
        actor=post.attributed_to,
        to=post.to,
        cc=post.cc,
        audience=post.audience,
        published=post.published,
        object=post,
    )


def update(activity_id: str, post: Post) -> Update:
    """b7: an edited post by its author."""
    return Update(
        id=activity_id,
        actor=post.attributed_to,
        to=post.to,
        cc=post.cc,
        audience=post.audience,
        published=post.updated,
        object=post,
    )


def update_actor(activity_id: str, actor: Actor) -> Update:
    """b7: a changed actor, told to its followers."""
    cc = (actor.followers,) if actor.followers else ()
    return Update(id=activity_id, actor=actor.id, to=(PUBLIC,), cc=cc, object=actor)


def delete(activity_id: str, actor: str, post_id: str, group: str) -> Delete:
    """b8: an author takes a post back. No `summary`: that would make it a moderator's act."""
    return Delete(
        id=activity_id, actor=actor, to=(PUBLIC,), cc=(group,), audience=(group,), object=post_id
    )


def delete_actor(activity_id: str, actor: str) -> Delete:
    """b8: a persona leaves for good and takes its posts along."""
    return Delete(id=activity_id, actor=actor, to=(PUBLIC,), object=actor, remove_data=True)


def removal(
    activity_id: str,
    moderator: str,
    post_id: str,
    group: str,
    *,
    reason: str,
    with_replies: bool = False,
) -> Delete:
    """b9: a moderator removes a post; the reason, even an empty one, tells it from b8."""
    return replace(
        delete(activity_id, moderator, post_id, group), summary=reason, with_replies=with_replies
    )


def tombstone_of(post: Post) -> Tombstone:
    """What the id of a deleted post answers."""
    return Tombstone(id=post.id, former_type=post.type, deleted=post.updated)


def like(
    activity_id: str, actor: str, post_id: str, group: str | None, emoji: str | None = None
) -> Like:
    """b6: a reaction. The emoji goes in `content` (FEP-c0e0); peers without it see a plain like."""
    audience = (group,) if group else ()
    return Like(id=activity_id, actor=actor, audience=audience, object=post_id, content=emoji)


def emoji_react(
    activity_id: str, actor: str, post_id: str, group: str | None, emoji: str
) -> EmojiReact:
    """FEP-c0e0: a reaction for peers that take more than one per person."""
    audience = (group,) if group else ()
    return EmojiReact(id=activity_id, actor=actor, audience=audience, object=post_id, content=emoji)


def announce(
    activity_id: str, group: str, followers: str, announced: Activity | Post | str
) -> Announce:
    """b4: a group hands on an activity, unchanged; or a bare top-level post, for microblogs."""
    return Announce(
        id=activity_id, actor=group, to=(PUBLIC,), cc=(followers,), objects=(announced,)
    )


def lock(activity_id: str, moderator: str, post_id: str, group: str, reason: str = "") -> Lock:
    """b10: no new replies."""
    return Lock(
        id=activity_id,
        actor=moderator,
        to=(PUBLIC,),
        cc=(group,),
        audience=(group,),
        object=post_id,
        summary=reason or None,
    )


def add(activity_id: str, moderator: str, added: str, collection: str, group: str) -> Add:
    """b11: a new moderator (`collection` is the group's moderators) or pin (its featured)."""
    return Add(
        id=activity_id,
        actor=moderator,
        to=(PUBLIC,),
        cc=(group,),
        audience=(group,),
        object=added,
        target=collection,
    )


def remove(activity_id: str, moderator: str, removed: str, collection: str, group: str) -> Remove:
    """b11: a moderator steps back, a thread is unpinned."""
    return Remove(
        id=activity_id,
        actor=moderator,
        to=(PUBLIC,),
        cc=(group,),
        audience=(group,),
        object=removed,
        target=collection,
    )


def flag(activity_id: str, actor: str, reported: tuple[str, ...], group: str, words: str) -> Flag:
    """b12: a report to the moderators of a group."""
    return Flag(
        id=activity_id,
        actor=actor,
        to=(group,),
        audience=(group,),
        objects=reported,
        content=words or None,
    )
