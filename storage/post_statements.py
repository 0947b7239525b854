"""The statements of `PostRepository`, made once so that each is compiled once."""

from sqlalchemy import (
    BigInteger,
    Integer,
    bindparam,
    case,
    exists,
    func,
    null,
    or_,
    select,
    tuple_,
)

from storage.actors import ACTOR
from storage.again import again
from storage.post_record import POST
from storage.tables import (
    actors,
    articles,
    groups,
    polls,
    post_media,
    posts,
    story_collection_items,
)
from storage.tables.metadata import UtcTime

_AT = bindparam("at", type_=UtcTime())
_LIVE = (posts.c.deleted_at.is_(None), posts.c.removed_at.is_(None))
_IS_THREAD = posts.c.parent_id.is_(None)
_OF_GROUP = posts.c.group_id == bindparam("group")
_LIMIT = bindparam("limit", type_=Integer())
_THIS = posts.c.id == bindparam("post")
_THREAD_OF_REPLY = posts.c.id == bindparam("thread")

_POSTS = select(*POST.columns)
_VIEWS = select(*POST.columns, *ACTOR.columns).join_from(
    posts, actors, posts.c.author_id == actors.c.id
)

_threads = again(posts, "threads")
WHEREABOUTS = (
    select(posts.c.group_id, posts.c.author_id, _threads.c.author_id, posts.c.audience)
    .join_from(posts, _threads, posts.c.thread_id == _threads.c.id)
    .where(posts.c.id == bindparam("id"))
)
BY_ID = _POSTS.where(posts.c.id == bindparam("id"))
BY_URI = _POSTS.where(posts.c.uri == bindparam("uri"))
BY_URIS = _POSTS.where(posts.c.uri.in_(bindparam("uris", expanding=True)))
VIEW = _VIEWS.where(posts.c.id == bindparam("id"))
_IN_THREAD = posts.c.thread_id == bindparam("thread")
_THREAD = (
    _VIEWS.where(_IN_THREAD, (posts.c.id > bindparam("after")) | _THREAD_OF_REPLY)
    .order_by(posts.c.id)
    .limit(_LIMIT)
)
PLACE_IN_THREAD = (
    select(func.count()).select_from(posts).where(_IN_THREAD, posts.c.id <= bindparam("post"))
)
REPLIES_BY = (
    select(posts.c.thread_id, func.count())
    .where(
        posts.c.thread_id.in_(bindparam("threads", expanding=True)),
        posts.c.author_id.in_(bindparam("authors", expanding=True)),
        posts.c.parent_id.is_not(None),
        *_LIVE,
    )
    .group_by(posts.c.thread_id)
)
REPLIES = _POSTS.where(posts.c.parent_id == bindparam("post")).order_by(posts.c.id).limit(_LIMIT)

_ALL_THREADS = (
    _VIEWS.where(_OF_GROUP, _IS_THREAD, posts.c.pinned_at.is_(None))
    .order_by(posts.c.last_activity_at.desc(), posts.c.id.desc())
    .limit(_LIMIT)
)
_BEFORE = tuple_(posts.c.last_activity_at, posts.c.id) < tuple_(
    bindparam("activity", type_=UtcTime()), bindparam("id", type_=BigInteger())
)
_THREADS = {True: _ALL_THREADS, False: _ALL_THREADS.where(*_LIVE)}
_PINNED = (
    _VIEWS.where(_OF_GROUP, _IS_THREAD, posts.c.pinned_at.is_not(None), *_LIVE)
    .order_by(posts.c.pinned_at.desc(), posts.c.id.desc())
    .limit(_LIMIT)
)

_NOT_BY = posts.c.author_id.not_in(bindparam("without", expanding=True))
# Each as it is, and for readers who do not see everybody: {False: ..., True: ...}.
THREAD = {False: _THREAD, True: _THREAD.where(_NOT_BY)}
PINNED = {False: _PINNED, True: _PINNED.where(_NOT_BY)}
THREADS = {
    (gone, veiled): statement.where(_NOT_BY) if veiled else statement
    for gone, statement in _THREADS.items()
    for veiled in (False, True)
}
THREADS_BEFORE = {kind: statement.where(_BEFORE) for kind, statement in THREADS.items()}

OUTBOX = (
    _VIEWS.where(_OF_GROUP, _IS_THREAD, posts.c.id < bindparam("before"), *_LIVE)
    .order_by(posts.c.id.desc())
    .limit(_LIMIT)
)
LEFT_BY = (
    _POSTS.where(posts.c.author_id == bindparam("author"), posts.c.deleted_at.is_(None))
    .order_by(posts.c.id)
    .limit(_LIMIT)
)
PUBLISHED = or_(groups.c.visibility == "public", posts.c.audience == "public")
"""In a public group, or on a profile for everybody. `groups` must be joined."""

BY_AUTHOR = (
    _POSTS.join(groups, posts.c.group_id == groups.c.actor_id)
    .where(
        posts.c.author_id == bindparam("author"),
        posts.c.author_hidden.is_(False),
        PUBLISHED,
        posts.c.id < bindparam("before"),
        *_LIVE,
    )
    .order_by(posts.c.id.desc())
    .limit(_LIMIT)
)
OF_AUTHOR = (
    _POSTS.where(
        posts.c.author_id == bindparam("author"),
        posts.c.id > bindparam("after"),
        posts.c.deleted_at.is_(None),
    )
    .order_by(posts.c.id)
    .limit(_LIMIT)
)

_others = again(posts, "others")
_REPLIERS = (
    select(func.count(func.distinct(_others.c.author_id)))
    .where(
        _others.c.thread_id == posts.c.id,
        _others.c.parent_id.is_not(None),
        _others.c.author_id != posts.c.author_id,
        _others.c.deleted_at.is_(None),
        _others.c.removed_at.is_(None),
    )
    .correlate(posts)
    .scalar_subquery()
)
_earlier = again(posts, "earlier")
# Whoever asks for the first time waits least; a thread of one's own may be gone again by then.
ADD_THREAD = posts.insert().values(
    repliers=0,
    is_first=~exists()
    .where(_earlier.c.author_id == bindparam("opened_by"), _earlier.c.parent_id.is_(None))
    .correlate(None),
)
COUNT_REPLY = (
    posts.update()
    .where(_THREAD_OF_REPLY)
    .values(
        reply_count=posts.c.reply_count + 1,
        # Who has answered is counted as far as it matters: to two.
        repliers=case((posts.c.repliers >= 2, posts.c.repliers), else_=_REPLIERS),
        last_activity_at=case(
            (posts.c.last_activity_at < _AT, _AT), else_=posts.c.last_activity_at
        ),
    )
)
UNCOUNT_REPLY = (
    posts.update()
    .where(_THREAD_OF_REPLY)
    .values(reply_count=posts.c.reply_count - 1, repliers=_REPLIERS)
)
_PLACE = (posts.c.thread_id, posts.c.parent_id, posts.c.author_id, posts.c.group_id)
SET_CREATE_URI = posts.update().where(_THIS).values(create_uri=bindparam("new_uri"))
EDIT = (
    posts.update()
    .where(_THIS, posts.c.deleted_at.is_(None))
    .values(
        title=bindparam("new_title"),
        content=bindparam("new_content"),
        source=bindparam("new_source"),
        content_warning=bindparam("new_content_warning"),
        language=bindparam("new_language"),
        reply_wanted=bindparam("new_reply_wanted"),
        sensitive=bindparam("new_sensitive"),
        sealed=bindparam("new_sealed"),
        edited_at=_AT,
    )
)
TOMBSTONE = (
    posts.update()
    .where(_THIS, posts.c.deleted_at.is_(None))
    .values(
        title=null(),
        content="",
        source=null(),
        content_warning=null(),
        reply_wanted=null(),
        pinned_at=null(),
        sealed=null(),
        deleted_at=_AT,
    )
    .returning(*_PLACE, posts.c.removed_at)
)
DROP_ATTACHED = tuple(
    table.delete().where(table.c.post_id == bindparam("post"))
    for table in (post_media, polls, articles, story_collection_items)
)
REMOVE = (
    posts.update()
    .where(_THIS, posts.c.removed_at.is_(None))
    .values(
        removed_at=_AT,
        removed_by=bindparam("by"),
        removal_reason=bindparam("reason"),
        sealed_reason=bindparam("sealed_why"),
    )
    .returning(*_PLACE, posts.c.deleted_at)
)
RESTORE = (
    posts.update()
    .where(_THIS, posts.c.removed_at.is_not(None))
    .values(removed_at=null(), removed_by=null(), removal_reason=null(), sealed_reason=null())
    .returning(*_PLACE, posts.c.deleted_at, posts.c.created_at)
)
OPEN_IN_THREAD = (
    _POSTS.where(
        _IN_THREAD, posts.c.sealed.is_(None), (posts.c.content != "") | posts.c.title.is_not(None)
    )
    .order_by(posts.c.id)
    .limit(_LIMIT)
)
THREADS_AFTER = (
    select(posts.c.id)
    .where(_OF_GROUP, _IS_THREAD, posts.c.id > bindparam("after"))
    .order_by(posts.c.id)
    .limit(_LIMIT)
)
SEAL = (
    posts.update()
    .where(_THIS)
    .values(
        title=bindparam("new_title"),
        content=bindparam("new_content"),
        source=bindparam("new_source"),
        content_warning=bindparam("new_content_warning"),
        sealed=bindparam("new_sealed"),
        removal_reason=bindparam("reason"),
        sealed_reason=bindparam("new_sealed_reason"),
    )
)
LOCK = posts.update().where(_THIS).values(locked_at=_AT)
PIN = posts.update().where(_THIS).values(pinned_at=_AT)
