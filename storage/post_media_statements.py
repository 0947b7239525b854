"""The statements of `PostMediaRepository`, made once so that each is compiled once."""

from typing import Final

from sqlalchemy import bindparam, func, select

from storage.tables import post_media
from storage.tables.metadata import UtcTime

PLAIN: Final = (
    *("id", "name", "owner_id", "post_id", "position", "kind", "type", "remote_url"),
    *("width", "height", "small_width", "small_height", "size", "focus_x", "focus_y"),
    *("created_at", "kept_until", "fetched_at"),
)
SELECT = select(*(post_media.c[name] for name in PLAIN), post_media.c.sealed)
THIS = post_media.c.id == bindparam("media")
BY_ID = SELECT.where(THIS)
OWNER = select(post_media.c.owner_id).where(THIS)
BY_NAME = SELECT.where(post_media.c.name == bindparam("name"))
OF_POSTS = SELECT.where(post_media.c.post_id.in_(bindparam("posts", expanding=True))).order_by(
    post_media.c.post_id, post_media.c.position, post_media.c.id
)
WAITING = SELECT.where(
    post_media.c.owner_id == bindparam("owner"),
    post_media.c.id.in_(bindparam("wanted", expanding=True)),
    post_media.c.post_id.is_(None),
)
COUNT_WAITING = select(func.count()).where(
    post_media.c.owner_id == bindparam("owner"), post_media.c.post_id.is_(None)
)
GIVE = (
    post_media.update()
    .where(THIS, post_media.c.post_id.is_(None))
    .values(post_id=bindparam("post"), position=bindparam("place"), kept_until=None)
)
PLACE = post_media.update().where(THIS).values(position=bindparam("place"))
DESCRIBE = (
    post_media.update()
    .where(THIS)
    .values(sealed=bindparam("words"), focus_x=bindparam("x"), focus_y=bindparam("y"))
)
KEEP = (
    post_media.update()
    .where(
        post_media.c.owner_id == bindparam("owner"),
        post_media.c.id.in_(bindparam("wanted", expanding=True)),
        post_media.c.post_id.is_(None),
    )
    .values(kept_until=bindparam("until", type_=UtcTime()))
)
DROP = post_media.delete().where(post_media.c.id.in_(bindparam("wanted", expanding=True)))
OLD = (
    select(post_media.c.id)
    .where(
        post_media.c.post_id.is_(None),
        post_media.c.kept_until < bindparam("before", type_=UtcTime()),
    )
    .order_by(post_media.c.kept_until)
    .limit(bindparam("limit"))
)
PRUNE = post_media.delete().where(post_media.c.id.in_(OLD), post_media.c.post_id.is_(None))
FETCHED = (
    post_media.update()
    .where(THIS)
    .values(
        {
            name: bindparam(f"new_{name}")
            for name in ("width", "height", "small_width", "small_height", "size")
        }
        | {"fetched_at": bindparam("at", type_=UtcTime())}
    )
)
IS_COPY = post_media.c.fetched_at.is_not(None)
SIZE_OF_COPIES = select(func.sum(post_media.c.size)).where(IS_COPY)
OLDEST_COPIES = (
    select(post_media.c.id, post_media.c.name, post_media.c.size)
    .where(IS_COPY)
    .order_by(post_media.c.fetched_at)
    .limit(bindparam("limit"))
)
FORGET_COPY = post_media.update().where(THIS).values(fetched_at=None)
KNOWN = select(post_media.c.name).where(
    post_media.c.name.in_(bindparam("names", expanding=True)),
    post_media.c.remote_url.is_(None) | post_media.c.fetched_at.is_not(None),
)
