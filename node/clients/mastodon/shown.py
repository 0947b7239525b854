"""One way to show: posts, shares and private messages as statuses, for one reader.

Every list of the Mastodon API ends here. It takes a handful of queries, the same number for one
status and for forty; what the reader may not read is left out, as if it were not there.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from node.clients.answers import maybe_moment, moment
from node.clients.mastodon.attached import attachments_of, polls_of
from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.entities.media import MediaAttachment
from node.clients.mastodon.entities.poll import Poll
from node.clients.mastodon.entities.status import KithGroup, KithWords, Status, Visibility
from node.clients.mastodon.entities.tag import StatusTag
from node.clients.mastodon.filtering import filtered, filters_on
from node.clients.mastodon.letters import mention, show_messages
from node.clients.mastodon.naming import named_in
from node.clients.mastodon.people import account, acct, former_member, show_accounts
from node.clients.mastodon.sight import Sight, sight_of
from node.clients.mastodon.site import Site, site_of
from node.clients.mastodon.words import content_of
from storage.actors import Actor
from storage.hashtags import tag_key, tag_names
from storage.posts import Post
from storage.preferences import Preferences
from storage.shares import Share
from storage.statuses import PlaceOfPosts, Standing
from storage.tallies import NOTHING, Tally
from storage.unit_of_work import UnitOfWork

__all__ = ["Site", "show_accounts", "show_status", "show_statuses", "site_of"]


_AUDIENCES: Final[Mapping[str, Visibility]] = {
    "public": "public",
    "unlisted": "unlisted",
    "followers": "private",
    "self": "direct",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What was read once for all statuses of a page."""

    sight: Sight
    site: Site
    posts: Mapping[int, Post]
    actors: Mapping[int, Actor]
    tallies: Mapping[int, Tally]
    chosen: Mapping[int, Preferences]
    named: Mapping[int, list[Actor]]
    media: Mapping[int, list[MediaAttachment]]
    polls: Mapping[int, Poll]


def show_statuses(
    uow: UnitOfWork, ids: Iterable[int], reader: Actor | None, site: Site
) -> dict[int, Status]:
    """The statuses with these ids, of posts, shares and messages alike, in the order of the ids.
    What there is not, and what the reader may not read, is left out."""
    asked = list(dict.fromkeys(ids))
    if not asked:
        return {}
    shares = uow.shares.get_many(asked)
    around = _around(uow, asked, shares.values(), reader, site)
    shown = {number: status_of(number, around) for number in asked if number in around.posts}
    for number, share in shares.items():
        sharer = around.actors.get(share.actor_id)
        if sharer is not None and share.post_id in around.posts and around.sight.shows(sharer):
            shown[number] = share_of(share, sharer, around)
    rest = [number for number in asked if number not in shown]
    if reader is not None and rest:
        shown |= show_messages(uow, rest, reader, site)
    filters = filters_on(uow, reader, site) if shown else ()
    for status in shown.values():
        # A share meets what the post meets that it shares.
        post = status.reblog or status
        status.filtered = post.filtered = filtered(post, filters, reader)
    return {number: shown[number] for number in asked if number in shown}


def show_status(uow: UnitOfWork, number: int, reader: Actor | None, site: Site) -> Status | None:
    """The status with this id, or None."""
    return show_statuses(uow, [number], reader, site).get(number)


def _around(
    uow: UnitOfWork,
    asked: Iterable[int],
    shares: Collection[Share],
    reader: Actor | None,
    site: Site,
) -> Around:
    sharers = {share.actor_id for share in shares}
    ids = {*asked, *(share.post_id for share in shares)}
    sight = sight_of(uow, ids, reader, others=sharers)
    posts = uow.statuses.posts(sight.posts.keys())
    authors = sharers | {one.author_id for one in sight.posts.values()}
    tallies = uow.tallies.of(posts, reader.id if reader else None, sight.hidden)

    def having(what: str) -> list[int]:
        return [number for number, tally in tallies.items() if what in tally.has]

    return Around(
        sight=sight,
        site=site,
        posts=posts,
        actors=uow.actors.get_many(authors) if posts else {},
        tallies=tallies,
        chosen=uow.preferences.get_many(authors) if posts else {},
        named=named_in(uow, posts.values(), having("names")),
        media=attachments_of(uow, having("media"), reader, site, _open_to_all(sight)),
        polls=polls_of(uow, having("poll"), reader, site),
    )


def status_of(number: int, around: Around) -> Status:
    """A post that the reader may read, as a status."""
    post, at = around.posts[number], around.sight.posts[number]
    place, site = around.sight.places[at.group_id], around.site
    tally = around.tallies.get(number, NOTHING)
    answers, answered = _answered(at, around.sight)
    marks, reactions = tally.marks, tally.reactions
    return Status(
        id=str(number),
        uri=post.uri,
        url=address_of(post, around),
        created_at=moment(post.created_at),
        edited_at=maybe_moment(post.edited_at),
        account=_author(post, around),
        content=content_of(post, reactions, site),
        spoiler_text=post.content_warning or "",
        sensitive=post.sensitive or post.content_warning is not None,
        visibility=visibility_of(at, place),
        language=post.language,
        mentions=[mention(one) for one in around.named.get(number, [])],
        tags=_tags(post, site),
        media_attachments=around.media.get(number, []),
        poll=around.polls.get(number),
        in_reply_to_id=answers,
        in_reply_to_account_id=answered,
        replies_count=tally.replies,
        favourites_count=sum(reactions.values()),
        reblogs_count=tally.shares,
        favourited=marks.favourited,
        reblogged=marks.reblogged,
        bookmarked=marks.bookmarked,
        muted=marks.muted,
        pinned=marks.pinned,
        kith=_kith(post, place, reactions, tally.reaction),
    )


def _tags(post: Post, site: Site) -> list[StatusTag]:
    return [
        StatusTag(name=name, url=f"{site.origin}/tags/{tag_key(name)}")
        for name in tag_names(post.content, post.title)
    ]


def share_of(share: Share, sharer: Actor, around: Around) -> Status:
    """A post that somebody, or its group, handed on."""
    post = status_of(share.post_id, around)
    place = around.sight.places.get(sharer.id)
    return Status(
        id=str(share.id),
        uri=share.uri or f"{post.uri}#share-{share.id}",
        url=post.url,
        created_at=moment(share.created_at),
        account=account(sharer, around.site, place, around.chosen.get(sharer.id)),
        content=post.content,
        spoiler_text=post.spoiler_text,
        sensitive=post.sensitive,
        visibility=post.visibility,
        language=post.language,
        reblog=post,
        favourited=post.favourited,
        reblogged=post.reblogged,
        bookmarked=post.bookmarked,
        muted=post.muted,
        kith=post.kith,
    )


def address_of(post: Post, around: Around) -> str:
    """Where a post shows to people. `/@name/id` is the form that clients look for."""
    if not post.is_local:
        return post.url or post.uri
    author = around.actors.get(post.author_id)
    if post.author_hidden or author is None:
        return f"{around.site.origin}/posts/{post.id}"
    return f"{around.site.origin}/@{author.handle}/{post.id}"


def visibility_of(at: Standing, place: PlaceOfPosts) -> Visibility:
    """What is open to all is public; what stays on this node or in its group is private. A note to
    oneself is a direct post to nobody."""
    if not place.is_profile:
        return "public" if place.group.visibility == "public" else "private"
    return _AUDIENCES[at.audience]


def _open_to_all(sight: Sight) -> set[int]:
    """The posts that anybody may read, whoever asks."""
    return {
        number
        for number, at in sight.posts.items()
        if visibility_of(at, sight.places[at.group_id]) in ("public", "unlisted")
    }


def _author(post: Post, around: Around) -> Account:
    author = around.actors.get(post.author_id)
    if post.author_hidden or author is None:
        return former_member(around.site)
    place = around.sight.places.get(author.id)
    return account(author, around.site, place, around.chosen.get(author.id))


def _answered(at: Standing, sight: Sight) -> tuple[str | None, str | None]:
    """The post that this one answers and whose it is. An answer to what is not there for the reader
    answers the thread, as it does on the pages."""
    if at.parent_id is None or at.parent_author_id is None:
        return None, None
    if not at.parent_is_gone and at.parent_author_id not in sight.unseen_in(at.group_id):
        author = None if at.parent_author_hidden else str(at.parent_author_id)
        return str(at.parent_id), author
    if at.parent_id == at.thread_id:
        return None, None
    return str(at.thread_id), None


def _kith(
    post: Post, place: PlaceOfPosts, reactions: Mapping[str, int], mine: str | None
) -> KithWords:
    group = None
    if not place.is_profile:
        group = KithGroup(
            id=str(place.actor.id),
            acct=acct(place.actor),
            name=place.actor.name,
            visibility=place.group.visibility,
        )
    return KithWords(
        group=group,
        title=post.title,
        reply_wanted=post.reply_wanted,
        reactions=dict(reactions),
        reaction=mine,
        locked=post.locked_at is not None,
    )
