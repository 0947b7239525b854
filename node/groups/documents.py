"""Records as wire documents: where a persona, a group or a post takes its public form.

What takes a `FederatedGroup` cannot be called for a local or private group, since `federated` makes
none of those. Shapes are those that Lemmy, PieFed, Mbin and Mastodon read: FEP-1b12 addressing on
every post, a `Page` for a thread and a `Note` for a reply, keys in both forms.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from msgspec import structs

from activitypub import vocabulary as wire
from activitypub.shapes import addressed_to_group
from node.groups.rules import FederatedGroup
from node.wire_attached import attached_of, with_title
from storage.actors import Actor
from storage.keys import PublicKeyRecord
from storage.posts import Post, PostView


def persona_document(
    actor: Actor, keys: Sequence[PublicKeyRecord], *, locked: bool = True
) -> wire.Actor:
    """A local persona as a `Person`. Its `followers` and `following` are names that tell nothing,
    and it has no times: two personas made or renamed in one sitting would tell by them who stands
    behind both. `locked`: who wants to follow it is asked about first."""
    timeless = replace(actor, updated_at=None)
    document = _actor(timeless, keys, manually_approves_followers=locked, discoverable=False)
    return structs.replace(document, published=None, following=f"{actor.uri}/following")


def group_document(group: FederatedGroup, keys: Sequence[PublicKeyRecord]) -> wire.Actor:
    """A public group as a `Group` (FEP-1b12), naming its moderators in `attributedTo`."""
    actor = group.actor
    return _actor(
        actor,
        keys,
        moderators=actor.moderators,
        featured=actor.featured,
        posting_restricted_to_mods=group.group.posting_policy == "moderators",
        discoverable=True,
    )


def node_document(actor: Actor, keys: Sequence[PublicKeyRecord]) -> wire.Actor:
    """The node itself as an `Application`: it signs our fetches and can be found by FEP-2677."""
    return _actor(actor, keys, manually_approves_followers=True)


def post_document(
    view: PostView, group: FederatedGroup, parent: PostView | None, origin: str
) -> wire.Post:
    """A thread (`Page`) or a reply (`Note`) of a public group, addressed as group software expects.

    `parent` is what a reply answers; ValueError when it is missing. `origin` is this node's: the
    conversation has its `context` here, also when its first post came from elsewhere.
    """
    post = view.post
    if post.parent_id is not None and parent is None:
        raise ValueError(f"post {post.id} is a reply; its document needs the parent")
    answered = parent.author if parent is not None and parent.author.id != view.author.id else None
    document = wire.Post(
        id=post.uri,
        type=_type(post, asks=view.poll is not None),
        attributed_to=view.author.uri,
        name=post.title if post.parent_id is None else None,
        content=with_title(view) if view.poll is not None else post.content,
        content_warning=post.content_warning,
        source=wire.Source(content=post.source) if post.source is not None else None,
        in_reply_to=parent.post.uri if parent is not None else None,
        context=context_uri(post, origin),
        replies=f"{post.uri}/replies" if post.is_local else None,
        url=post.url or post.uri,
        language=post.language,
        sensitive=post.sensitive or post.content_warning is not None,
        reply_wanted=post.reply_wanted,
        comments_enabled=post.locked_at is None if post.parent_id is None else None,
        **attached_of(view, origin),
        published=post.created_at,
        updated=post.edited_at,
    )
    mentions = tuple(_mention(actor) for actor in (group.actor, answered) if actor is not None)
    return addressed_to_group(document, group.actor.uri, mentions)


def post_cc(group: FederatedGroup, answered: Actor | None) -> tuple[str, ...]:
    """The `cc` of a post and of every activity about it: the group, and whom it answers."""
    return (group.actor.uri,) if answered is None else (group.actor.uri, answered.uri)


def tombstone_document(post: Post) -> wire.Tombstone:
    """What stands where a deleted or removed post was (FEP-4f05): no word of it, no reason."""
    return wire.Tombstone(
        id=post.uri, former_type=_type(post), deleted=post.deleted_at or post.removed_at
    )


def context_uri(post: Post, origin: str) -> str:
    """The collection of the whole conversation, on this node (FEP-7888)."""
    return f"{origin}/posts/{post.thread_id}/context"


def webfinger_name(actor: Actor) -> str:
    """`name@host` of an actor, as in `acct:` (FEP-2c59)."""
    return f"{public_name(actor)}@{actor.authority}"


def public_name(actor: Actor) -> str:
    """The name before the `@`. The node has that of its host, since a port is no part of a name."""
    host = urlsplit(actor.uri).hostname if actor.type == "Application" else None
    return host or actor.handle


def _type(post: Post, *, asks: bool = False) -> str:
    """A poll of ours is a Question, what has fields an Article."""
    if not post.is_local or post.wire_type == "Article":
        return post.wire_type
    if asks:
        return "Question"
    return "Page" if post.parent_id is None else "Note"


def _mention(actor: Actor) -> wire.Tag:
    return wire.Tag(type="Mention", href=actor.uri, name=f"@{webfinger_name(actor)}")


def _actor(actor: Actor, keys: Sequence[PublicKeyRecord], **more: Any) -> wire.Actor:
    """What all our actors have; `more` are the members of one kind."""
    return wire.Actor(
        id=actor.uri,
        type=actor.type,
        preferred_username=public_name(actor),
        inbox=actor.inbox,
        outbox=actor.outbox,
        followers=actor.followers,
        shared_inbox=actor.shared_inbox,
        name=actor.name,
        summary=actor.summary or None,
        summary_source=actor.summary_source,
        url=actor.url or actor.uri,
        icon=actor.icon_url,
        image=actor.header_url,
        public_keys=tuple(_rsa(key, actor) for key in keys if key.kind == "rsa"),
        assertion_methods=tuple(_ed25519(key, actor) for key in keys if key.kind == "ed25519"),
        language=actor.language,
        sensitive=actor.sensitive,
        webfinger=webfinger_name(actor),
        published=actor.created_at,
        updated=actor.updated_at,
        **more,
    )


def _rsa(key: PublicKeyRecord, actor: Actor) -> wire.PublicKey:
    return wire.PublicKey(id=key.key_id, owner=actor.uri, pem=key.material)


def _ed25519(key: PublicKeyRecord, actor: Actor) -> wire.MultiKey:
    return wire.MultiKey(id=key.key_id, controller=actor.uri, multibase=key.material)
