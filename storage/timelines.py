"""Lists of ids for home, public, tag and account timelines, newest first.

Ids of posts and shares come from one source, so that one list holds both. A timeline of many people
and groups takes from each of them no more than a page holds: for each the id is found at which its
page would end, and the index is read that far (EXPLAIN shows index searches alone). That is one
statement, whatever the number of those who are followed and of what they wrote.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Select

from storage import timeline_statements as sql
from storage.post_record import Audience
from storage.post_tags import PostTags
from storage.shapes import NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Which part of a list: up to `limit` ids below `below` and above `above`, those nearest to
    `below`, or with `upwards` nearest to `above`. They come newest first either way."""

    limit: int
    below: int = NEWEST
    above: int = 0
    upwards: bool = False

    def parameters(self) -> dict[str, Any]:
        """For the statements."""
        return {"limit": self.limit, "below": self.below, "above": self.above}


EVERYBODY: Final = frozenset[int]()


class TimelineRepository:
    """Ids only: who may read what they stand for is decided when they are shown."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._tags = PostTags(connection)

    def tags(
        self, prefix: str, visibilities: Iterable[str], limit: int, offset: int = 0
    ) -> list[str]:
        """Tags that begin so, by name, of posts in places of these visibilities."""
        return self._tags.search(prefix, visibilities, limit, offset)

    def followed(self, reader_id: int) -> list[int]:
        """The groups that somebody belongs to and the people they follow."""
        return list(self._connection.execute(sql.FOLLOWED, {"reader": reader_id}).scalars())

    def home(
        self,
        sources: Collection[int],
        reader_id: int,
        window: Window,
        hidden: frozenset[int] = EVERYBODY,
        unshared: frozenset[int] = EVERYBODY,
    ) -> list[int]:
        """What these people and groups wrote and handed on, but for what those `unshared` handed
        on, and what the reader wrote, but for what the authors `hidden` did. Answers of people show
        where they answer one of them."""
        sharers: list[int] = [one for one in sources if one not in unshared]
        key: dict[str, Any] = {"sources": list(sources), "sharers": sharers, "reader": reader_id}
        key["hidden"] = list(hidden)
        return self._ids(sql.HOME[window.upwards], window, key)

    def listed(
        self,
        sources: Collection[int],
        window: Window,
        hidden: frozenset[int] = EVERYBODY,
    ) -> list[int]:
        """What these people and groups wrote and handed on."""
        key: dict[str, Any] = {"sources": list(sources), "sharers": list(sources), "reader": 0}
        key["hidden"] = list(hidden)
        return self._ids(sql.LISTED[window.upwards], window, key)

    def public(
        self,
        window: Window,
        hidden: frozenset[int] = EVERYBODY,
        *,
        local: bool | None = None,
        media: bool = False,
    ) -> list[int]:
        """What begins a thread in a public group or publicly on a profile; of this node or of
        others where `local` says so."""
        sides = [True, False] if local is None else [local]
        key = {"hidden": list(hidden), "sides": sides}
        return self._ids(sql.PUBLIC[window.upwards, media], window, key)

    def tagged(
        self,
        tags: Sequence[str],
        window: Window,
        hidden: frozenset[int] = EVERYBODY,
        *,
        visibilities: Iterable[str],
        every: Sequence[str] = (),
        none: Sequence[str] = (),
        local: bool | None = None,
        media: bool = False,
    ) -> list[int]:
        """Posts with one of `tags`, all of `every` and none of `none`, in places of these
        visibilities."""
        key = {
            "tags": list(tags),
            "every": list(every),
            "count": len(set(every)),
            "none": list(none),
            "hidden": list(hidden),
            "visibilities": list(visibilities),
            "sides": [True, False] if local is None else [local],
        }
        return self._ids(sql.TAGGED[window.upwards, media], window, key)

    def of_account(
        self,
        actor_id: int,
        window: Window,
        audiences: Iterable[Audience],
        *,
        everywhere: bool = False,
        replies: bool = True,
        shares: bool = True,
        media: bool = False,
        tag: str | None = None,
    ) -> list[int]:
        """What somebody wrote for these audiences and handed on; of what they wrote in groups that
        in public ones, or with `everywhere` all of it."""
        wanted = ["public", "local", "private"] if everywhere else ["public"]
        key = {
            "actor": actor_id,
            "audiences": list(audiences),
            "visibilities": wanted,
            "tag": tag or "",
            "any_tag": tag is None,
            "with_replies": replies,
            "with_shares": shares and not media and tag is None,
        }
        return self._ids(sql.OF_ACCOUNT[window.upwards, media], window, key)

    def _ids(self, statement: Select[Any], window: Window, key: dict[str, Any]) -> list[int]:
        rows = self._connection.execute(statement, key | window.parameters())
        found = [int(number) for number in rows.scalars()]
        return sorted(found, reverse=True)
