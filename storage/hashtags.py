"""The hashtags of a post, read from its clean HTML: what stands behind a # in its words.

The form is Mastodon's: letters, digits and underscores, not digits alone, after a space or at the
beginning. A tag is the same tag in any case; it is kept in lower case (NFKC).
"""

import html
import re
import unicodedata
from typing import Final

MOST: Final = 30
"""Tags of one post that are looked at."""
LONGEST: Final = 100

_MARKUP = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")
_TAG = re.compile(r"(?<![\w/&#;.)=])[#＃](\w+)")
_INLINE: Final = frozenset({"span", "b", "strong", "em", "i", "u", "s", "del"})
_UNTAGGED = re.compile(r"<(pre|code)\b[^>]*>.*?</\1>", re.DOTALL)


def tag_names(content: str, title: str | None = None) -> list[str]:
    """The tags in the order in which they stand, as they were written, each once."""
    if "#" not in content and "＃" not in content and "#" not in (title or ""):
        return []
    words = f"{title or ''}\n{text_of(_UNTAGGED.sub(' ', content))}"
    found: dict[str, str] = {}
    for match in _TAG.finditer(words):
        name = match[1]
        if len(name) <= LONGEST and not name.isdecimal() and name.strip("_"):
            found.setdefault(tag_key(name), name)
        if len(found) == MOST:
            break
    return list(found.values())


def tag_key(name: str) -> str:
    """The name by which a tag is found, whatever way it was written."""
    return unicodedata.normalize("NFKC", name.strip().lstrip("#＃")).lower()


def text_of(content: str) -> str:
    """The words of clean HTML, with a space where a block or a line ends."""
    return html.unescape(_MARKUP.sub(lambda mark: "" if mark[2] in _INLINE else " ", content))
