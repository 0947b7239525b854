"""Where the tags of untrusted HTML stand, and whether a real parser may be let loose on it.

The cleaner builds a tree as browsers do, and some small inputs make large trees: a thousand nested
blocks, a tag of ten thousand attributes, formatting that was never closed and is opened again in
each paragraph. This scan finds them first, in one pass over the text that never goes back. It
follows the tokenizer of the HTML standard (section 13.2.5) for tags, attributes and comments.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

MAX_HTML: Final = 64 * 1024
"""Characters of one HTML field that are read; the rest is cut off."""
MAX_DEPTH: Final = 64
"""Levels of nested elements."""
MAX_ATTRIBUTES: Final = 100
"""Attributes of one tag."""
MAX_REOPENED: Final = 4
"""Formatting elements left open at a block's end: a parser opens them again in each next block."""

OPAQUE: Final = frozenset(
    [
        "iframe",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "plaintext",
        "script",
        "style",
        "svg",
        "textarea",
        "title",
        "xmp",
    ]
)
"""Elements whose inside is not tokenized as HTML. Nothing in them is meant to be read as text."""

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "keygen",
        "frame",
    ]
)
_FORMATTING = frozenset(
    [
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    ]
)
_SELF_CLOSING = frozenset({"p", "li", "dt", "dd", "tr", "td", "th"})
_LOOK_THROUGH = _FORMATTING | {"p", "span"}

_START = re.compile(r"<(?:(?P<tag>/?[a-zA-Z])|(?P<comment>!--)|[!?/])")
_NAME = re.compile(r"</?([^\t\n\f\r />]+)")
_ATTRIBUTE = re.compile(
    r"[\t\n\f\r /]*(?:=[^\t\n\f\r />=]*|[^\t\n\f\r />=]+)"
    r"(?:[\t\n\f\r ]*=[\t\n\f\r ]*"
    r"(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|(?![\"'])[^\t\n\f\r >]*))?"
)
_OPAQUE_START = re.compile(rf"<(?:{'|'.join(sorted(OPAQUE))})", re.IGNORECASE)
_COMMENT_END = re.compile(r"--!?>")


class Tag(NamedTuple):
    """One piece of markup. `name` is lower case, and empty for comments and broken tags; `start`
    and `end` bound it in the text."""

    name: str
    closing: bool
    attributes: int
    start: int
    end: int


def tags(html: str) -> Iterator[Tag]:
    """The markup of `html` in order, in time linear in its length."""
    position = 0
    while match := _START.search(html, position):
        start = match.start()
        if match["tag"]:
            tag = _read_tag(html, start)
        elif match["comment"]:
            tag = Tag("", False, 0, start, _comment_end(html, match.end()))
        else:
            tag = Tag("", False, 0, start, _after(html, ">", match.end()))
        yield tag
        position = tag.end


def without_opaque(html: str) -> str:
    """`html` without its OPAQUE elements and what is in them."""
    kept: list[str] = []
    position = 0
    for tag in tags(html):
        if tag.start < position or tag.closing or tag.name not in OPAQUE:
            continue
        kept.append(html[position : tag.start])
        position = _closing_end(html, tag)
    return "".join(kept) + html[position:]


def may_have_opaque(html: str) -> bool:
    """A quick look that is never wrong when it says no: comments and attributes count as well."""
    return _OPAQUE_START.search(html) is not None


def has_opaque(html: str) -> bool:
    """Whether an OPAQUE element opens in `html`."""
    return any(tag.name in OPAQUE and not tag.closing for tag in tags(html))


def is_parsable(html: str) -> bool:
    """Whether a tree of `html`, which has no OPAQUE elements, stays within the limits above."""
    stack: list[str] = []
    left_open: Counter[str] = Counter()
    for tag in tags(html):
        if tag.attributes > MAX_ATTRIBUTES:
            return False
        if tag.closing:
            if tag.name in stack:
                left_open.update(_pop_to(stack, tag.name))
            elif left_open[tag.name]:
                left_open[tag.name] -= 1
        elif tag.name and tag.name not in _VOID:
            if tag.name in _SELF_CLOSING and _closes_itself(stack, tag.name):
                left_open.update(_pop_to(stack, tag.name))
            stack.append(tag.name)
        if len(stack) > MAX_DEPTH or left_open.total() > MAX_REOPENED:
            return False
    return True


def _read_tag(html: str, start: int) -> Tag:
    name = _NAME.match(html, start)
    position = name.end() if name else start + 1
    attributes = 0
    while match := _ATTRIBUTE.match(html, position):
        attributes += 1
        position = match.end()
    end = _after(html, ">", position)
    if name is None or (end == len(html) and not html.endswith(">")):
        return Tag("", False, 0, start, end)  # the text ends within the tag: no tag at all
    return Tag(name[1].lower(), html[start + 1] == "/", attributes, start, end)


def _comment_end(html: str, position: int) -> int:
    for short in (">", "->"):
        if html.startswith(short, position):
            return position + len(short)
    match = _COMMENT_END.search(html, position)
    return match.end() if match else len(html)


def _closing_end(html: str, tag: Tag) -> int:
    """Where the element that `tag` opens ends: behind its closing tag, or with the text."""
    if tag.name == "plaintext":
        return len(html)
    closing = re.compile(rf"</{tag.name}(?=[\t\n\f\r />])", re.IGNORECASE)
    match = closing.search(html, tag.end)
    return _after(html, ">", match.end()) if match else len(html)


def _after(html: str, mark: str, position: int) -> int:
    found = html.find(mark, position)
    return len(html) if found < 0 else found + 1


def _closes_itself(stack: list[str], name: str) -> bool:
    """Whether an open element of this name ends where the next begins, as `<li>` and `<p>` do."""
    for open_name in reversed(stack):
        if open_name == name:
            return True
        if open_name not in _LOOK_THROUGH:
            return False
    return False


def _pop_to(stack: list[str], name: str) -> list[str]:
    """Close elements up to one called `name`; the formatting elements among them."""
    left_open = []
    while (closed := stack.pop()) != name:
        if closed in _FORMATTING:
            left_open.append(closed)
    return left_open
