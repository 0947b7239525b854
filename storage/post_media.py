"""Pictures of posts. The bytes of ours are in sealed blobs (`storage/media.py`), whether the post
is public or not, and so is what is said about them, for the persona that posted them: with its key
all of it is gone. Of pictures elsewhere there is the address, and for a while a copy.
"""

import hashlib
import hmac
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from sqlalchemy import Connection

from storage import post_media_statements as sql
from storage.seals import Holder, Sealed, Seals
from storage.tables import post_media

Kind = Literal["image", "video", "audio", "unknown"]
Size = Literal["large", "small"]

_WORDS: Final = "post_media.sealed"
_FILE: Final = {"large": "post_media.large", "small": "post_media.small"}


_PASS: Final = re.compile(r"([0-9a-f]{1,9})-([0-9a-f]{1,16})-([0-9a-f]{32})")


class Words(msgspec.Struct, frozen=True, omit_defaults=True):
    """What stands for a picture where it is not seen: its description, and its blur."""

    alt: str = ""
    blurhash: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostMedia:
    """One picture, or something else that another node attached to a post.

    `name` is its blob's and stands in its address. `alt` is "" where nobody described it; `words`
    were not opened, or their holder was erased, where it is None. Sizes are pixels, `size` bytes of
    both renditions; 0 where nobody told. `focus_x` and `focus_y` go from -1 to 1. `remote_url` is
    set for what another node keeps, `fetched_at` while there is a copy. One without `post_id` waits
    for its post, until `kept_until`.
    """

    id: int
    name: str
    owner_id: int
    post_id: int | None = None
    position: int = 0
    kind: Kind = "image"
    type: str
    remote_url: str | None = None
    width: int = 0
    height: int = 0
    small_width: int = 0
    small_height: int = 0
    size: int = 0
    focus_x: float = 0.0
    focus_y: float = 0.0
    created_at: datetime
    kept_until: datetime | None = None
    fetched_at: datetime | None = None
    words: Words | None = None

    @property
    def alt(self) -> str:
        """The description, "" for none."""
        return "" if self.words is None else self.words.alt

    @property
    def blurhash(self) -> str | None:
        return None if self.words is None else self.words.blurhash


class PostMediaRepository:
    """Pictures by id, by name, by post, and those that wait."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def seal(self, media: PostMedia, size: Size, body: bytes) -> bytes:
        """The bytes of one rendition as they may be kept on disk. Raises Erased."""
        return self._seal(media.id, media.owner_id, _FILE[size], body)

    def open(self, media: PostMedia, size: Size, sealed: bytes) -> bytes | None:
        """The bytes again; None once the owner was erased. Raises NotOpened."""
        return self._seals.open(sealed, place=_FILE[size], row=media.id, author=media.owner_id)

    def add(self, media: PostMedia) -> None:
        """NotThere without its owner or post."""
        values = {name: getattr(media, name) for name in sql.PLAIN}
        values["sealed"] = self._closed(media, media.words or Words())
        self._connection.execute(post_media.insert(), values)

    def get(self, media_id: int) -> PostMedia | None:
        """With its words."""
        rows = self._connection.execute(sql.BY_ID, {"media": media_id}).all()
        return next(iter(self._read(rows)), None)

    def owner_of(self, media_id: int) -> int | None:
        """Whose it is, without a word of it."""
        found: int | None = self._connection.execute(sql.OWNER, {"media": media_id}).scalar()
        return found

    def by_name(self, name: str) -> PostMedia | None:
        """Without its words: one statement, whether there is one or not."""
        row = self._connection.execute(sql.BY_NAME, {"name": name}).first()
        return None if row is None else _media(row, None)

    def of_posts(self, posts: Collection[int]) -> dict[int, list[PostMedia]]:
        """What each post has that has any, in its order. Two queries for all."""
        if not posts:
            return {}
        rows = self._connection.execute(sql.OF_POSTS, {"posts": list(posts)}).all()
        found: dict[int, list[PostMedia]] = {}
        for media in self._read(rows):
            if media.post_id is not None:
                found.setdefault(media.post_id, []).append(media)
        return found

    def waiting(self, owner_id: int, ids: Collection[int]) -> dict[int, PostMedia]:
        """Those of the ids that this persona uploaded and has not posted."""
        if not ids:
            return {}
        key = {"owner": owner_id, "wanted": list(ids)}
        return {media.id: media for media in self._read(self._connection.execute(sql.WAITING, key))}

    def passes(
        self, many: Collection[PostMedia], reader_id: int, until: datetime
    ) -> dict[int, str]:
        """For each, by its id, what lets one reader see it without signing in, until then: clients
        show pictures by their address alone. One query for all."""
        keys = self._pass_keys(many)
        hour = int(until.timestamp()) // 3600
        found = {}
        for media in many:
            key = keys.get(media.owner_id)
            if key is not None:
                stamp = _stamp(key, media, hour, reader_id)
                found[media.id] = f"{hour:x}-{reader_id:x}-{stamp}"
        return found

    def bearer(self, media: PostMedia, given: str, now: datetime) -> int | None:
        """The reader for whom a pass was made; None for one that is no longer good."""
        match = _PASS.fullmatch(given)
        key = self._pass_keys([media]).get(media.owner_id)
        if match is None or key is None:
            return None
        hour, reader_id = int(match[1], 16), int(match[2], 16)
        good = hmac.compare_digest(_stamp(key, media, hour, reader_id), match[3])
        return reader_id if good and now.timestamp() < hour * 3600 else None

    def _pass_keys(self, many: Collection[PostMedia]) -> dict[int, bytes]:
        owners = {("persona", media.owner_id) for media in many}
        return {owner: key for (_, owner), key in self._seals.keys.find(owners).items()}

    def count_waiting(self, owner_id: int) -> int:
        """How much this persona uploaded and has not posted."""
        return int(self._connection.execute(sql.COUNT_WAITING, {"owner": owner_id}).scalar_one())

    def give(self, media_id: int, post_id: int, position: int) -> bool:
        """Make it part of a post. False when it is part of one."""
        key = {"media": media_id, "post": post_id, "place": position}
        return self._connection.execute(sql.GIVE, key).rowcount == 1

    def place(self, media_id: int, position: int) -> None:
        """Where in its post it stands."""
        self._connection.execute(sql.PLACE, {"media": media_id, "place": position})

    def describe(self, media: PostMedia, words: Words, focus: tuple[float, float]) -> None:
        """Other words for it."""
        key = {"media": media.id, "words": self._closed(media, words)}
        self._connection.execute(sql.DESCRIBE, key | {"x": focus[0], "y": focus[1]})

    def keep(self, owner_id: int, ids: Collection[int], until: datetime) -> int:
        """Let those of a persona that wait, wait until then; how many there are."""
        if not ids:
            return 0
        key = {"owner": owner_id, "wanted": list(ids), "until": until}
        return self._connection.execute(sql.KEEP, key).rowcount

    def fetched(
        self, media_id: int, sides: tuple[int, int, int, int], size: int, now: datetime
    ) -> None:
        """There is a copy of another node's picture now: large and small sides, bytes of both."""
        names = ("new_width", "new_height", "new_small_width", "new_small_height")
        key = {"media": media_id, "new_size": size, "at": now}
        self._connection.execute(sql.FETCHED, key | dict(zip(names, sides, strict=True)))

    def size_of_copies(self) -> int:
        """Bytes of all copies of other nodes' pictures."""
        return int(self._connection.execute(sql.SIZE_OF_COPIES).scalar_one() or 0)

    def forget_copies(self, size: int, most: int) -> list[str]:
        """Forget the oldest copies until so many bytes are free, at most so many at once; the names
        of their blobs."""
        gone, left = [], size
        for row in self._connection.execute(sql.OLDEST_COPIES, {"limit": most}).all():
            if left <= 0:
                break
            self._connection.execute(sql.FORGET_COPY, {"media": row.id})
            gone.append(str(row.name))
            left -= row.size
        return gone

    def drop(self, ids: Collection[int]) -> None:
        """Forget them; their blobs are swept up later."""
        if ids:
            self._connection.execute(sql.DROP, {"wanted": list(ids)})

    def prune_waiting(self, before: datetime, limit: int) -> int:
        """Forget what nobody posted in its time."""
        return self._connection.execute(sql.PRUNE, {"before": before, "limit": limit}).rowcount

    def known(self, names: Collection[str]) -> set[str]:
        """Those of the blobs' names that have a row."""
        return set(self._connection.execute(sql.KNOWN, {"names": list(names)}).scalars())

    def _closed(self, media: PostMedia, words: Words) -> bytes:
        return self._seal(media.id, media.owner_id, _WORDS, msgspec.json.encode(words))

    def _seal(self, row: int, owner_id: int, place: str, plain: bytes) -> bytes:
        holders = (Holder("persona", owner_id),)
        return self._seals.seal(plain, place=place, row=row, author=owner_id, holders=holders)

    def _read(self, rows: Sequence[Any] | Any) -> list[PostMedia]:
        rows = list(rows)
        sealed = [Sealed(row.sealed, _WORDS, row.id, row.owner_id) for row in rows]
        opened = self._seals.open_many(sealed)
        return [_media(row, words) for row, words in zip(rows, opened, strict=True)]


def _stamp(key: bytes, media: PostMedia, hour: int, reader_id: int) -> str:
    told = f"kith pass 1 {media.name} {hour} {reader_id}".encode()
    return hmac.new(key, told, hashlib.sha256).hexdigest()[:32]


def _media(row: Any, words: bytes | None) -> PostMedia:
    said = None if words is None else msgspec.json.decode(words, type=Words)
    return PostMedia(**{name: getattr(row, name) for name in sql.PLAIN}, words=said)
