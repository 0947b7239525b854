"""What somebody typed, checked before anything is stored: whom it names, what it says.

Private messages never leave this node. A message for somebody on another node, alone or among
others, is refused as a whole; so is a text that addresses one, as other programs would take it.
"""

import re
from collections.abc import Callable
from typing import Final

from node.errors import Invalid, Refused
from node.i18n import N_

TEXT_LIMIT: Final = 20_000
TITLE_LIMIT: Final = 100
NAMES_LIMIT: Final = 50

Markdown = Callable[[str], str]
"""Markdown text to clean HTML."""

OTHER_NODE = N_(
    "Private messages never leave this node, so they cannot reach people of other nodes. "
    "Nothing was kept or sent. Name only people of this node."
)
ADDRESSES_OTHER = N_(
    "Your text addresses somebody on another node, and a private message never leaves this one, so "
    "it would not reach them. Nothing was kept or sent. Leave the address out, or write it without "
    "the @ in front."
)

_BETWEEN = re.compile(r"[\s,;]+")
_HANDLE = re.compile(r"@?([\w.\-]{1,100})(?:@([A-Za-z0-9.\-\[\]:]{1,255}))?")
_PAGE = re.compile(r"https?://([^/\s]{1,255})/(?:personas|@)?/?([\w.\-@:]{1,300})/?")
_MENTION = re.compile(r"(?<![\w@/.])@[\w.\-]{1,100}@([A-Za-z0-9\-\[][A-Za-z0-9.\-\[\]:]{0,254})")
_LINK = re.compile(
    r"[a-z][a-z0-9+.\-]*:/|\bwww\.|<a |\b[a-z0-9\-]+\.[a-z]{2,24}(?::[0-9]+)?/"
    r"|\b[a-z0-9\-]+\.(?:com|org|net|info|io|me|co|app|dev|gg|tv|link|xyz|site|online|ly|eu|uk|de)\b",
    re.IGNORECASE,
)


def names_in(to: str, authority: str) -> list[str]:
    """The handles of this node's people in a field such as "@ann, ben". Raises Refused when one of
    them belongs to another node, Invalid when there is none."""
    handles: dict[str, str] = {}
    for part in filter(None, _BETWEEN.split(to.strip())):
        handle = _local_handle(part, authority)
        handles.setdefault(handle.lower(), handle)
    if not handles:
        raise Invalid("to", N_("Say for whom it is: one or more names, such as @ann."))
    if len(handles) > NAMES_LIMIT:
        raise Invalid("to", N_("These are too many people for one conversation."))
    return list(handles.values())


def _local_handle(part: str, authority: str) -> str:
    page = _PAGE.fullmatch(part)
    if page is not None:
        host, part = page[1], page[2]
        if host.lower() != authority:
            raise Refused(OTHER_NODE, "other-node")
    match = _HANDLE.fullmatch(part)
    if match is None:
        if part.count("@") > 1 or "://" in part:
            raise Refused(OTHER_NODE, "other-node")
        raise Invalid("to", N_("One of these is no name. Names look like @ann."))
    if match[2] is not None and match[2].lower() != authority:
        raise Refused(OTHER_NODE, "other-node")
    return match[1]


def refuse_other_nodes(text: str, authority: str) -> None:
    """Raises Refused when the text addresses somebody on another node."""
    for host in _MENTION.findall(text):
        if host.lower().rstrip(".:-") != authority:
            raise Refused(ADDRESSES_OTHER, "other-node")


def text_of(value: str, authority: str, *, may_be_empty: bool = False) -> str:
    """A message's Markdown. Raises Invalid, Refused."""
    text = value.replace("\r\n", "\n").replace("\x00", "").strip()
    if not text and not may_be_empty:
        raise Invalid("text", N_("Write something first; a few words are enough."))
    if len(text) > TEXT_LIMIT:
        raise Invalid("text", N_("The text is too long; up to 20,000 characters fit."))
    refuse_other_nodes(text, authority)
    return text


def title_of(value: str, authority: str) -> str | None:
    """The title of a small group. Raises Invalid, Refused."""
    title = " ".join(value.replace("\x00", "").split())
    if len(title) > TITLE_LIMIT:
        raise Invalid("title", N_("The title is too long; up to 100 characters fit."))
    refuse_other_nodes(title, authority)
    return title or None


def has_link(text: str, html: str) -> bool:
    """Whether a text holds an address that leads somewhere; `html` is what becomes of it."""
    return _LINK.search(text) is not None or "<a " in html


def note_of(value: str, authority: str, markdown: Markdown, most: int) -> str:
    """The note of a request: short, plain, without links. Raises Invalid, Refused."""
    note = text_of(value, authority)
    if len(note) > most:
        raise Invalid("text", N_("A request is short. Cut your text to what the hint allows."))
    if has_link(note, markdown(note)):
        raise Invalid("text", N_("A request holds no links. You can send them once you talk."))
    return note
