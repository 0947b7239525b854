"""Text without markup: what titles, search, notifications and headers show of a post or a name.

Everything here is linear in its input and cuts it first, so that no name or body of a peer costs
more than its length.
"""

import html as entities
import re
import unicodedata
from typing import Final

from activitypub.html_scan import MAX_HTML, tags, without_opaque

ELLIPSIS: Final = "…"

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    ]
)
_LONG_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{7,});?")
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_AROUND_BREAK = re.compile(r" ?\n[ \n]*")
_MENTIONS = re.compile(r"\A(?:@[\w.-]+(?:@[\w.-]+)?(?:[\s,:]+|\Z))+")
_INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_JOINERS = frozenset("\u200c\u200d")
_JOINED = frozenset({"Lo", "Mn", "Mc"})


def plain_text(html: str) -> str:
    """The text of `html` (its first MAX_HTML characters), one line for each block."""
    html = html[:MAX_HTML]
    html = without_opaque(html)
    pieces: list[str] = []
    position = 0
    for tag in tags(html):
        pieces.append(_SPACES.sub(" ", html[position : tag.start]))
        if tag.name in _BLOCKS:
            pieces.append("\n")
        position = tag.end
    pieces.append(_SPACES.sub(" ", html[position:]))
    text = entities.unescape(_LONG_NUMBER.sub("\ufffd", "".join(pieces)))
    return _AROUND_BREAK.sub("\n", re.sub(r" {2,}", " ", text)).strip()


def first_line(html_or_text: str, limit: int = 100) -> str:
    """The opening words of a post, as a title for one that came without: at most `limit`
    characters, cut between words, without the mentions that only address it to a group."""
    for line in plain_text(html_or_text).splitlines():
        title = clean_line(_MENTIONS.sub("", line.lstrip()), 4 * limit)
        if title:
            return _cut_between_words(title, limit)
    return ""


def clean_line(text: str, limit: int) -> str:
    """`text` as one line to display: composed (NFC), without control, direction-override and
    invisible characters, white space folded, at most `limit` characters.

    Joiners stay where scripts and emoji need them.
    """
    text = text[: limit * 8 + 64]  # composing takes the square of a run of combining marks
    kept = [_kept(text, index) for index in range(len(text))]
    folded = " ".join("".join(kept).split())
    return unicodedata.normalize("NFC", folded)[:limit].rstrip()


def _kept(text: str, index: int) -> str:
    """What stands for the character at `index`: itself, a space, or nothing."""
    character = text[index]
    if character.isascii():
        return character if character.isprintable() else " " if character.isspace() else ""
    if character.isspace():
        return " "
    if character in _JOINERS:
        return character if _joins(text, index) else ""
    dropped = character in _INVISIBLE or unicodedata.category(character) in _DROPPED
    return "" if dropped else character


def _joins(text: str, index: int) -> bool:
    """Whether a zero-width joiner stands between two letters of a script that joins, or emoji."""
    if not 0 < index < len(text) - 1:
        return False
    before, after = text[index - 1], text[index + 1]
    if {unicodedata.category(before), unicodedata.category(after)} <= _JOINED:
        return True
    emoji_before = before == "\ufe0f" or unicodedata.category(before) in {"So", "Sk"}
    return emoji_before and unicodedata.category(after) == "So"


def _cut_between_words(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    start = text[:limit]  # one more than fits beside the ellipsis: a word may end just there
    words, space, _ = start.rpartition(" ")
    kept = words if space and len(words) > limit // 2 else start[:-1]
    return kept.rstrip(" ,;:.-") + ELLIPSIS
