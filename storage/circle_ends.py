"""The end of a circle: every row of it goes, and the key of what was said there first of all.

Reports keep the excerpts that somebody chose to show for as long as reports do, without the post.
Scripts of the node stand here too: they are no circle's, and nobody's secret.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.seals import Holder, Seals
from storage.shapes import Shape
from storage.tables import (
    circle_codes,
    circle_days,
    circle_members,
    circle_scripts,
    circle_waiting,
    circles,
    memberships,
    metadata,
    notifications,
    posts,
)
from storage.tables.metadata import Id


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptScript:
    """A script that administrators put into the library, in its text form."""

    id: int
    text: str
    created_at: datetime
    changed_at: datetime


_KEPT_SCRIPT = Shape(KeptScript, circle_scripts)
_IDS = bindparam("ids", type_=Id, expanding=True)
_SOME = (
    select(posts.c.id)
    .where(posts.c.group_id == bindparam("circle"))
    .order_by(posts.c.id.desc())
    .limit(bindparam("limit"))
)
_TO_POSTS = tuple(
    column
    for table in metadata.sorted_tables
    for column in table.columns
    if table.name != "posts"
    and any(key.target_fullname == "posts.id" for key in column.foreign_keys)
)
_LET_GO = tuple(
    column.table.update().where(column.in_(_IDS)).values({column.name: None})
    if column.nullable and column.table is not notifications
    else column.table.delete().where(column.in_(_IDS))
    for column in _TO_POSTS
)
"""What hangs on a post goes with it; a report or a statement only forgets which post it was."""
_DROP_POSTS = posts.delete().where(posts.c.id.in_(_IDS))
_OF_CIRCLE = (
    notifications.delete().where(notifications.c.group_id == bindparam("circle")),
    circle_days.delete().where(circle_days.c.circle_id == bindparam("circle")),
    circle_codes.delete().where(circle_codes.c.circle_id == bindparam("circle")),
    circle_members.delete().where(circle_members.c.circle_id == bindparam("circle")),
    circle_waiting.update()
    .where(circle_waiting.c.circle_id == bindparam("circle"))
    .values(circle_id=None),
    memberships.delete().where(memberships.c.group_id == bindparam("circle")),
    circles.delete().where(circles.c.id == bindparam("circle")),
)
_INSERT = insert(circle_scripts)
_PUT_SCRIPT = _INSERT.on_conflict_do_update(
    index_elements=[circle_scripts.c.id],
    set_={name: _INSERT.excluded[name] for name in ("text", "changed_at")},
)
_SCRIPTS = select(*_KEPT_SCRIPT.columns).order_by(circle_scripts.c.id).limit(100)
_DROP_SCRIPT = circle_scripts.delete().where(circle_scripts.c.id == bindparam("script"))


class CircleEnds:
    """Erases circles; keeps the library of scripts."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def erase_some(self, circle_id: int, limit: int) -> bool:
        """The next piece of it: posts first, newest before those that they answer, then all else.
        True when nothing is left but the empty place, which other rows may still name."""
        self._seals.destroy(Holder("group", circle_id))
        key = {"circle": circle_id, "limit": limit}
        ids = list(self._connection.execute(_SOME, key).scalars())
        if ids:
            for statement in _LET_GO:
                self._connection.execute(statement, {"ids": ids})
            self._connection.execute(_DROP_POSTS, {"ids": ids})
            return False
        for statement in _OF_CIRCLE:
            self._connection.execute(statement, {"circle": circle_id})
        return True

    def scripts(self) -> list[KeptScript]:
        """Those of the library that administrators added, oldest first."""
        return [_KEPT_SCRIPT.read(row) for row in self._connection.execute(_SCRIPTS)]

    def put_script(self, script: KeptScript) -> None:
        """Adds a script, or replaces its text."""
        self._connection.execute(_PUT_SCRIPT, _KEPT_SCRIPT.values(script))

    def drop_script(self, script_id: int) -> None:
        """Circles that took it keep their own copy."""
        self._connection.execute(_DROP_SCRIPT, {"script": script_id})
