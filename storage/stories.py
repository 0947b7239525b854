"""Stories by account: the words are sealed under whoever tells them, one row for each story from
draft to withdrawal. A published story is also a thread (`storage/articles.py`), which readers see.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection, Row, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.actors import ACTOR, Actor
from storage.post_record import POST, PostView
from storage.posts import PostRepository
from storage.seals import Holder, Sealed, Seals
from storage.tables import actors, articles, posts, stories, story_keepers
from storage.tables.metadata import Id, UtcTime
from storage.veiled import NOT_VEILED

StoryState = Literal["draft", "offered", "published", "withdrawn"]
SEALED_AT: Final = "stories.sealed"


class StoryWords(msgspec.Struct, frozen=True, omit_defaults=True):
    """What somebody tells. `helped` are slugs of what helped, `others` words of their own, `cards`
    the addresses of coping cards. `unnamed`: it is to be told without their name."""

    title: str = ""
    text: str = ""
    content_warning: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    unnamed: bool = False


NO_WORDS: Final = StoryWords()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """`persona_id` tells it; `post_id` is its thread once it is published. Nothing is left of the
    words of one that was withdrawn."""

    id: int
    account_id: int
    persona_id: int
    group_id: int
    state: StoryState
    post_id: int | None = None
    consented_at: datetime | None = None
    withdrawn_at: datetime | None = None
    changed_at: datetime
    words: StoryWords = NO_WORDS


_ACCOUNT = bindparam("account", type_=Id)
_OF_ACCOUNT = select(stories).where(stories.c.account_id == _ACCOUNT).order_by(stories.c.id.desc())
_OWN = select(stories).where(
    stories.c.account_id == _ACCOUNT, stories.c.id == bindparam("story", type_=Id)
)
_HOLD = _OWN.with_for_update()
_BY_POST = select(stories).where(
    stories.c.account_id == _ACCOUNT, stories.c.post_id == bindparam("post", type_=Id)
)
_INSERT = insert(stories)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[stories.c.id],
    set_={
        name: _INSERT.excluded[name]
        for name in (
            "persona_id",
            "group_id",
            "state",
            "post_id",
            "consented_at",
            "withdrawn_at",
            "changed_at",
            "sealed",
        )
    },
)
_DROP = stories.delete().where(stories.c.id == bindparam("story", type_=Id))
_OLD = (
    select(stories.c.id)
    .where(
        stories.c.state.in_(("draft", "offered")),
        stories.c.changed_at < bindparam("before", type_=UtcTime),
    )
    .limit(bindparam("limit"))
)
_DROP_OLD = stories.delete().where(stories.c.id.in_(_OLD))
_KEEPERS = (
    select(*ACTOR.columns)
    .join_from(story_keepers, actors, actors.c.id == story_keepers.c.persona_id)
    .where(story_keepers.c.group_id == bindparam("group", type_=Id))
    .order_by(actors.c.id)
    .limit(200)
)
_KEEPS = select(story_keepers.c.group_id).where(
    story_keepers.c.group_id == bindparam("group", type_=Id),
    story_keepers.c.persona_id == bindparam("persona", type_=Id),
)
_KEEP = insert(story_keepers).on_conflict_do_nothing()
_KEEP_NOT = story_keepers.delete().where(
    story_keepers.c.group_id == bindparam("group", type_=Id),
    story_keepers.c.persona_id == bindparam("persona", type_=Id),
)
_KEPT_BY = select(story_keepers.c.group_id).where(
    story_keepers.c.persona_id == bindparam("persona", type_=Id)
)
_TOLD = (
    select(*POST.columns, *ACTOR.columns)
    .join_from(articles, posts, posts.c.id == articles.c.post_id)
    .join(actors, actors.c.id == posts.c.author_id)
    .where(
        articles.c.kind == "story",
        articles.c.post_id.in_(bindparam("posts", type_=Id, expanding=True)),
        posts.c.deleted_at.is_(None),
        posts.c.removed_at.is_(None),
        NOT_VEILED,
    )
)


class StoryRepository:
    """Stories of those who tell them."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def of_account(self, account_id: int) -> list[Story]:
        """All of an account, of whichever of its personas, the newest first."""
        return self._read(_OF_ACCOUNT, {"account": account_id})

    def get(self, account_id: int, story_id: int) -> Story | None:
        """One of the account's own."""
        return self._one(_OWN, {"account": account_id, "story": story_id})

    def hold(self, account_id: int, story_id: int) -> Story | None:
        """The same, nobody else's until the transaction ends."""
        return self._one(_HOLD, {"account": account_id, "story": story_id})

    def by_post(self, account_id: int, post_id: int) -> Story | None:
        """The account's own story that stands as this thread."""
        return self._one(_BY_POST, {"account": account_id, "post": post_id})

    def put(self, story: Story) -> None:
        """Keep a story, new or changed."""
        sealed = None
        if story.words != NO_WORDS:
            sealed = self._seals.seal(
                msgspec.json.encode(story.words),
                place=SEALED_AT,
                row=story.id,
                author=story.account_id,
                holders=(Holder("account", story.account_id),),
            )
        row = {
            "id": story.id,
            "account_id": story.account_id,
            "persona_id": story.persona_id,
            "group_id": story.group_id,
            "state": story.state,
            "post_id": story.post_id,
            "consented_at": story.consented_at,
            "withdrawn_at": story.withdrawn_at,
            "changed_at": story.changed_at,
            "sealed": sealed,
        }
        self._connection.execute(_PUT, row)

    def drop(self, story_id: int) -> None:
        """Nothing of it is left."""
        self._connection.execute(_DROP, {"story": story_id})

    def prune(self, before: datetime, limit: int) -> int:
        """Drops drafts that were not touched since then; how many."""
        return self._connection.execute(_DROP_OLD, {"before": before, "limit": limit}).rowcount

    def keepers(self, group_id: int) -> list[Actor]:
        """Who keeps the collections of a group beside its moderators."""
        rows = self._connection.execute(_KEEPERS, {"group": group_id})
        return [ACTOR.read(row) for row in rows]

    def is_keeper(self, group_id: int, persona_id: int) -> bool:
        key = {"group": group_id, "persona": persona_id}
        return self._connection.execute(_KEEPS, key).first() is not None

    def keeps_for(self, persona_id: int) -> frozenset[int]:
        """The groups that somebody keeps stories for."""
        return frozenset(self._connection.execute(_KEPT_BY, {"persona": persona_id}).scalars())

    def set_keeper(self, group_id: int, persona_id: int, *, keeps: bool) -> None:
        """Ask a member to keep the stories, or thank them and stop."""
        if keeps:
            row = {"group_id": group_id, "persona_id": persona_id}
            self._connection.execute(_KEEP, row)
        else:
            self._connection.execute(_KEEP_NOT, {"group": group_id, "persona": persona_id})

    def _one(self, statement: Any, parameters: dict[str, Any]) -> Story | None:
        return next(iter(self._read(statement, parameters)), None)

    def _read(self, statement: Any, parameters: dict[str, Any]) -> list[Story]:
        rows = self._connection.execute(statement, parameters).all()
        return [
            Story(
                id=row.id,
                account_id=row.account_id,
                persona_id=row.persona_id,
                group_id=row.group_id,
                state=row.state,
                post_id=row.post_id,
                consented_at=row.consented_at,
                withdrawn_at=row.withdrawn_at,
                changed_at=row.changed_at,
                words=words,
            )
            for row, words in zip(rows, self._words(rows), strict=True)
        ]

    def _words(self, rows: Sequence[Row[Any]]) -> list[StoryWords]:
        there = [row for row in rows if row.sealed is not None]
        opened = self._seals.open_many(
            [Sealed(row.sealed, SEALED_AT, row.id, row.account_id) for row in there]
        )
        by_id = {
            row.id: msgspec.json.decode(plain, type=StoryWords)
            for row, plain in zip(there, opened, strict=True)
            if plain is not None
        }
        return [by_id.get(row.id, NO_WORDS) for row in rows]


class ToldStories(PostRepository):
    """Threads that are stories."""

    def of(self, post_ids: Collection[int]) -> dict[int, PostView]:
        """Those of these posts that are stories and stand. One query."""
        if not post_ids:
            return {}
        views = self._views(_TOLD, {"posts": list(post_ids)})
        return {view.post.id: view for view in views}
