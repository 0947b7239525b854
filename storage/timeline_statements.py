"""The statements of `TimelineRepository`, made once; each downwards (False) and upwards (True)."""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    union_all,
)

from storage.again import again
from storage.tables import actors, groups, memberships, post_media, post_tags, posts, shares
from storage.tables.metadata import Id

_LIMIT = bindparam("limit", type_=Integer())
_BELOW = bindparam("below", type_=BigInteger())
_ABOVE = bindparam("above", type_=BigInteger())
_READER = bindparam("reader", type_=Id)
_SOURCES: Any = bindparam("sources", type_=Id, expanding=True)
_HIDDEN: Any = bindparam("hidden", type_=Id, expanding=True)
_VISIBILITIES: Any = bindparam("visibilities", expanding=True)
_FOR_FOLLOWERS: Final = ("public", "unlisted", "followers")

FOLLOWED = select(memberships.c.group_id).where(
    memberships.c.actor_id == _READER, memberships.c.state == "accepted"
)


def _within(number: ColumnElement[int]) -> tuple[ColumnElement[bool], ...]:
    return (number < _BELOW, number > _ABOVE)


def _ordered(number: ColumnElement[int], upwards: bool) -> Any:
    return number.asc() if upwards else number.desc()


def _live(post: FromClause) -> tuple[ColumnElement[bool], ...]:
    return (post.c.deleted_at.is_(None), post.c.removed_at.is_(None))


def _as_far_as(
    number: ColumnElement[int], one_page: Select[Any], source: Subquery, upwards: bool
) -> ColumnElement[bool]:
    """Where a page of one source alone ends: its rows are read that far, and no further."""
    at = one_page.correlate(source).limit(1).offset(_LIMIT - 1).scalar_subquery()
    if upwards:
        return number <= func.coalesce(at, _BELOW - 1)
    return number >= func.coalesce(at, _ABOVE + 1)


_SOURCE = select(actors.c.id).where(actors.c.id.in_(_SOURCES)).subquery("source")
_SHARER = (
    select(actors.c.id)
    .where(actors.c.id.in_(bindparam("sharers", type_=Id, expanding=True)))
    .subquery("sharer")
)


def _shares(upwards: bool) -> Select[Any]:
    """What the sources handed on."""

    def wanted(share: FromClause, post: FromClause) -> tuple[ColumnElement[bool], ...]:
        return (
            share.c.actor_id == _SHARER.c.id,
            post.c.id == share.c.post_id,
            post.c.author_id.not_in(_HIDDEN),
            *_within(share.c.id),
            *_live(post),
        )

    share, post = again(shares, "share"), again(posts, "shared")
    near, near_post = again(shares, "near_share"), again(posts, "near_shared")
    page = select(near.c.id).where(*wanted(near, near_post))
    page = page.order_by(_ordered(near.c.id, upwards))
    return select(share.c.id).where(
        *wanted(share, post), _as_far_as(share.c.id, page, _SHARER, upwards)
    )


def _written(upwards: bool) -> Select[Any]:
    """What the sources wrote on their profiles, answers only to one of them or to the reader."""

    def wanted(post: FromClause) -> tuple[ColumnElement[bool], ...]:
        above = again(posts, "above")
        answers_one_of_them = exists().where(
            above.c.id == post.c.parent_id,
            or_(above.c.author_id.in_(_SOURCES), above.c.author_id == _READER),
        )
        return (
            post.c.group_id == _SOURCE.c.id,
            post.c.author_id == _SOURCE.c.id,
            post.c.audience.in_(_FOR_FOLLOWERS),
            or_(post.c.parent_id.is_(None), answers_one_of_them),
            *_within(post.c.id),
            *_live(post),
        )

    post, near = again(posts, "written"), again(posts, "near_written")
    page = select(near.c.id).where(*wanted(near)).order_by(_ordered(near.c.id, upwards))
    return select(post.c.id).where(*wanted(post), _as_far_as(post.c.id, page, _SOURCE, upwards))


def _own(upwards: bool) -> Select[Any]:
    """What the reader wrote on their own profile."""
    post = again(posts, "own")
    page = (
        select(post.c.id)
        .where(
            post.c.group_id == _READER,
            post.c.author_id == _READER,
            *_within(post.c.id),
            *_live(post),
        )
        .order_by(_ordered(post.c.id, upwards))
        .limit(_LIMIT)
        .subquery()
    )
    return select(page.c.id)


def _together(upwards: bool, *parts: Select[Any]) -> Select[Any]:
    every = union_all(*parts).subquery("every")
    return select(every.c.id).order_by(_ordered(every.c.id, upwards)).limit(_LIMIT)


HOME = {up: _together(up, _shares(up), _written(up), _own(up)) for up in (False, True)}
LISTED = {up: _together(up, _shares(up), _written(up)) for up in (False, True)}


def _has_media(post_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a post carries pictures."""
    return exists().where(post_media.c.post_id == post_id)


def _is_open(post: FromClause, of_group: ColumnElement[bool]) -> ColumnElement[bool]:
    """A public post on a profile, or one in a group that is open enough."""
    return or_(post.c.audience == "public", and_(post.c.audience == "group", of_group))


def _public(upwards: bool, media: bool) -> Select[Any]:
    page = (
        select(posts.c.id)
        .join(groups, groups.c.actor_id == posts.c.group_id)
        .where(
            posts.c.parent_id.is_(None),
            posts.c.sealed.is_(None),
            _is_open(posts, groups.c.visibility == "public"),
            posts.c.author_id.not_in(_HIDDEN),
            posts.c.is_local.in_(bindparam("sides", type_=Boolean(), expanding=True)),
            *_within(posts.c.id),
            *_live(posts),
        )
    )
    if media:
        page = page.where(_has_media(posts.c.id))
    return page.order_by(_ordered(posts.c.id, upwards)).limit(_LIMIT)


def _tagged(upwards: bool, media: bool) -> Select[Any]:
    tag, other, no = post_tags, again(post_tags, "other"), again(post_tags, "no")
    every = (
        select(func.count())
        .select_from(other)
        .where(
            other.c.post_id == tag.c.post_id,
            other.c.tag.in_(bindparam("every", expanding=True)),
        )
        .scalar_subquery()
    )
    page = (
        select(tag.c.post_id)
        .distinct()
        .join(posts, posts.c.id == tag.c.post_id)
        .join(groups, groups.c.actor_id == posts.c.group_id)
        .where(
            tag.c.tag.in_(bindparam("tags", expanding=True)),
            every == bindparam("count", type_=Integer()),
            ~exists().where(
                no.c.post_id == tag.c.post_id, no.c.tag.in_(bindparam("none", expanding=True))
            ),
            _is_open(posts, groups.c.visibility.in_(_VISIBILITIES)),
            posts.c.author_id.not_in(_HIDDEN),
            posts.c.is_local.in_(bindparam("sides", type_=Boolean(), expanding=True)),
            *_within(tag.c.post_id),
            *_live(posts),
        )
    )
    if media:
        page = page.where(_has_media(posts.c.id))
    return page.order_by(_ordered(tag.c.post_id, upwards)).limit(_LIMIT)


def _of_account(upwards: bool, media: bool) -> Select[Any]:
    actor = bindparam("actor", type_=Id)
    post, above, share = again(posts, "written"), again(posts, "above"), again(shares, "share")
    answers_itself = exists().where(above.c.id == post.c.parent_id, above.c.author_id == actor)
    has_tag = exists().where(post_tags.c.post_id == post.c.id, post_tags.c.tag == bindparam("tag"))
    written = (
        select(post.c.id)
        .join(groups, groups.c.actor_id == post.c.group_id)
        .where(
            post.c.author_id == actor,
            post.c.author_hidden.is_(False),
            post.c.audience.in_(bindparam("audiences", expanding=True)),
            or_(post.c.audience != "group", groups.c.visibility.in_(_VISIBILITIES)),
            or_(
                bindparam("with_replies", type_=Boolean()).is_(True),
                post.c.parent_id.is_(None),
                answers_itself,
            ),
            or_(bindparam("any_tag", type_=Boolean()).is_(True), has_tag),
            *_within(post.c.id),
            *_live(post),
        )
    )
    if media:
        written = written.where(_has_media(post.c.id))
    shared = select(share.c.id).where(
        share.c.actor_id == actor,
        bindparam("with_shares", type_=Boolean()).is_(True),
        *_within(share.c.id),
    )
    pages = [
        part.order_by(_ordered(number, upwards)).limit(_LIMIT).subquery()
        for part, number in ((written, post.c.id), (shared, share.c.id))
    ]
    return _together(upwards, *(select(page.c.id) for page in pages))


_KINDS: Final = [(up, media) for up in (False, True) for media in (False, True)]
PUBLIC = {kind: _public(*kind) for kind in _KINDS}
TAGGED = {kind: _tagged(*kind) for kind in _KINDS}
OF_ACCOUNT = {kind: _of_account(*kind) for kind in _KINDS}
