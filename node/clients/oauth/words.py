"""What scopes allow, in words for people."""

from collections.abc import Iterable
from typing import Final

from node.i18n import N_
from node.scopes import SYNONYMS

_WORDS: Final = {
    "profile": N_("See who you are here: your handle, name and picture"),
    "read": N_("Read everything you can read as this persona, private messages and groups too"),
    "read:accounts": N_("See people and groups as you see them, and your own settings"),
    "read:blocks": N_("See whom you blocked"),
    "read:bookmarks": N_("See your bookmarks"),
    "read:favourites": N_("See which posts you reacted to"),
    "read:filters": N_("See the words that you filter"),
    "read:follows": N_("See whom you follow, and your groups"),
    "read:lists": N_("See your lists"),
    "read:mutes": N_("See whom you muted"),
    "read:notifications": N_("See your news"),
    "read:search": N_("Search as you can"),
    "read:statuses": N_("Read the posts that you can read, in private groups too"),
    "write": N_("Write, react, send messages, join and leave, and change settings in your name"),
    "write:accounts": N_("Change how others see you"),
    "write:blocks": N_("Block people and lift blocks"),
    "write:bookmarks": N_("Change your bookmarks"),
    "write:conversations": N_("Mark messages as read, and put conversations away"),
    "write:favourites": N_("React to posts in your name"),
    "write:filters": N_("Change the words that you filter"),
    "write:follows": N_("Join and leave groups, and follow people"),
    "write:lists": N_("Change your lists"),
    "write:media": N_("Upload pictures and other files"),
    "write:mutes": N_("Mute people and conversations"),
    "write:notifications": N_("Clear your news"),
    "write:reports": N_("Report posts and people in your name"),
    "write:statuses": N_("Write, change and delete posts in your name"),
    "follow": N_("Join and leave groups; follow, mute and block people"),
    "push": N_("Tell you on your device when there is news"),
}


def in_words(scopes: Iterable[str]) -> list[str]:
    """A sentence for each thing that is allowed, the wide ones first and without what they
    include."""
    plain = dict.fromkeys(SYNONYMS.get(one, one) for one in scopes)
    return [words for name, words in _WORDS.items() if name in plain and not _included(name, plain)]


def _included(name: str, granted: Iterable[str]) -> bool:
    wide = name.partition(":")[0]
    return ":" in name and wide in granted
