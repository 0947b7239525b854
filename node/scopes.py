"""What a token may do: scopes as the Mastodon API names them, `read`, `write:statuses` and so on,
and ActivityPub's `activitypub:read:all` as other names for the wide ones (SWICG basic profile).

A scope covers itself and all that begins with it and a colon. Whatever is not granted is refused.
"""

from collections.abc import Collection, Iterable
from typing import Final

READ_PARTS: Final = (
    *("accounts", "blocks", "bookmarks", "favourites", "filters", "follows", "lists"),
    *("mutes", "notifications", "search", "statuses"),
)
WRITE_PARTS: Final = (
    *("accounts", "blocks", "bookmarks", "conversations", "favourites", "filters", "follows"),
    *("lists", "media", "mutes", "notifications", "reports", "statuses"),
)
FOLLOW_COVERS: Final = frozenset(
    f"{kind}:{part}" for kind in ("read", "write") for part in ("blocks", "follows", "mutes")
)
"""What the old scope `follow` stands for."""

SYNONYMS: Final = {
    "activitypub:read:all": "read",
    "activitypub:write:all": "write",
    "read:sameorigin": "read",
    "write:sameorigin": "write",
}
KNOWN: Final = frozenset(
    {
        *("read", "write", "follow", "push", "profile"),
        *(f"read:{part}" for part in READ_PARTS),
        *(f"write:{part}" for part in WRITE_PARTS),
        *SYNONYMS,
    }
)
DEFAULT: Final = "read"
"""What an app gets that asks for nothing in particular."""


def covers(granted: Iterable[str], needed: str) -> bool:
    """Whether one of the granted scopes allows what `needed` names."""
    wanted = SYNONYMS.get(needed, needed)
    return any(_covers(SYNONYMS.get(one, one), wanted) for one in granted)


def all_covered(granted: Collection[str], needed: Iterable[str]) -> bool:
    """Whether the granted scopes allow each of the needed ones."""
    return all(covers(granted, one) for one in needed)


def can_write(scopes: Iterable[str]) -> bool:
    """Whether a program with these scopes can do something in the person's name."""
    plain = (SYNONYMS.get(one, one) for one in scopes)
    return any(one == "follow" or one.partition(":")[0] == "write" for one in plain)


def _covers(one: str, wanted: str) -> bool:
    if one == wanted or wanted.startswith(f"{one}:"):
        return True
    if one == "follow":
        return wanted in FOLLOW_COVERS
    # Who may read an account may see whose it is.
    return wanted == "profile" and one in {"read", "read:accounts"}
