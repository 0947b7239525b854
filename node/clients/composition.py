"""What somebody wrote in an app, and what of it says where it goes. Pure.

Apps know one kind of post. A mention of a group at the start makes a thread of it, whose title is
the first line; whom a direct post names decides whether it is a private message or a note to
oneself.
"""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

from activitypub.content import clean_html, plain_text
from node.errors import Invalid, Refused
from node.groups.drafts import TITLE_LIMIT, PollDraft
from storage.groups import Group
from storage.post_record import Audience

Visibility = Literal["public", "unlisted", "private", "direct"]
VISIBILITIES: Final[tuple[Visibility, ...]] = ("public", "unlisted", "private", "direct")
AUDIENCES: Final[dict[Visibility, Audience]] = {
    "public": "public",
    "unlisted": "unlisted",
    "private": "followers",
    "direct": "self",
}
TextType = Literal["text/markdown", "text/plain", "text/html"]

NAMES_MOST: Final = 50
"""Mentions in one text that are looked up."""

_MENTION = re.compile(
    r"(?<![\w@/.=])@([\w](?:[\w.\-]{0,98}[\w])?)(?:@([A-Za-z0-9\[](?:[A-Za-z0-9.\-\[\]:]{0,253}[A-Za-z0-9\]])?))?"
)
_AT_START = re.compile(rf"\s*[!]?(?:{_MENTION.pattern})[\s,:]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """A post as an app sends it.

    `visibility` None is the persona's own choice; `in_reply_to` is the id of a post, a share or a
    message. `title` is for apps that have one; `content` is clean HTML that the app made of its
    text. `groups` and `people` are ids of actors whom the addressing names, besides those whom the
    text mentions. In an edit, None leaves the files and the poll as they are.
    """

    text: str
    content: str | None = None
    title: str | None = None
    spoiler_text: str | None = None
    visibility: Visibility | None = None
    language: str | None = None
    in_reply_to: int | None = None
    reply_wanted: str | None = None
    media_ids: tuple[int, ...] | None = None
    poll: PollDraft | None = None
    sensitive: bool = False
    text_type: TextType = "text/markdown"
    groups: tuple[int, ...] = ()
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """Somebody who is mentioned: `authority` is None for a name of this node."""

    handle: str
    authority: str | None = None

    def __str__(self) -> str:
        return f"@{self.handle}@{self.authority}" if self.authority else f"@{self.handle}"


def names_in(text: str, authority: str) -> list[Name]:
    """Whom the text mentions, each once, in order. `authority` is this node's own."""
    found = {_name(match[1], match[2], authority): None for match in _MENTION.finditer(text)}
    return list(found)[:NAMES_MOST]


def first_name(text: str, authority: str) -> tuple[Name, str] | None:
    """The mention at the very start and the text after it; None when it starts otherwise."""
    match = _AT_START.match(text)
    if match is None:
        return None
    return _name(match[1], match[2], authority), text[match.end() :]


def _name(handle: str, host: str | None, authority: str) -> Name:
    elsewhere = host is not None and host.lower() != authority
    return Name(handle.lower(), host.lower() if host and elsewhere else None)


def as_text(sent: Composition) -> Composition:
    """With the words of an HTML text as its text, and the HTML, made clean, as its content."""
    if sent.text_type != "text/html":
        return sent
    content = clean_html(sent.text)
    return replace(sent, text=plain_text(content), content=content, text_type="text/plain")


def kept_text(sent: Composition, text: str | None = None) -> str:
    """The text as Markdown, which is what Kith keeps: each line that somebody typed stays one."""
    text = sent.text if text is None else text
    if sent.text_type != "text/plain":
        return text
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    following = [*lines[1:], ""]
    return "\n".join(
        f"{line}  " if line and after else line
        for line, after in zip(lines, following, strict=True)
    )


def without_breaks(markdown: str) -> str:
    """The text as it was typed, to be shown in an app's text field."""
    return "\n".join(line.rstrip() for line in markdown.split("\n"))


def titled(text: str, title: str | None) -> tuple[str, str]:
    """The title and the text of a thread: its first line, and all below it. What has one line says
    it in both."""
    text = text.strip()
    if title and title.strip():
        return title, text or title
    first, _, rest = text.partition("\n")
    words = " ".join(first.split())
    if len(words) > TITLE_LIMIT:
        return words[: TITLE_LIMIT - 1].rstrip() + "…", text
    return words, rest.strip() or words


def untitled(title: str | None, source: str) -> str:
    """The text of which `titled` makes this title and text again."""
    if not title or source == title:
        return source
    if title.endswith("…") and source.startswith(title[:-1]):
        return source
    return f"{title}\n\n{source}"


def narrow_enough(group: Group, visibility: Visibility | None) -> None:
    """Nobody is read by more people than they chose; that a group is narrower than what an app
    asks for only keeps the post within it. Raises Refused."""
    if group.visibility == "public" and visibility == "private":
        raise Refused(
            "This group is public, so what is written in it can be read by everyone. Choose the "
            "visibility public, or write to your followers without naming the group.",
            "too-narrow",
        )


def usual_visibility(*, locked: bool) -> Visibility:
    """The visibility of a post whose author never chose one: of somebody who looks first at who
    follows, it is for those alone."""
    return "private" if locked else "public"


def is_language(text: str) -> bool:
    """Whether it has the form of a BCP 47 tag."""
    return 2 <= len(text) <= 35 and text.isascii() and text.replace("-", "").isalnum()


def visibility_of(text: str | None) -> Visibility | None:
    """A visibility by its name in the API. Raises Invalid."""
    for one in VISIBILITIES:
        if text == one:
            return one
    if text:
        raise Invalid("visibility", "visibility must be public, unlisted, private or direct")
    return None
