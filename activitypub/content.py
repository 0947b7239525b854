"""What people write, made safe to show: HTML from anywhere, Markdown from our own members.

HTML is cleaned once, on receipt, by an allow-list that is Mastodon's minus what hides a link's
target. The cleaner is a real HTML parser; a linear scan (`html_scan`) keeps inputs away from it
that would cost it seconds, and shows those as plain text. Nothing here raises, whatever the input.
All of it is linear, but may take tens of milliseconds: call it from a worker thread.
"""

import html as entities
import re
from collections.abc import Sequence
from typing import Final

import nh3
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from activitypub.html_scan import (
    MAX_HTML,
    has_opaque,
    is_parsable,
    may_have_opaque,
    without_opaque,
)
from activitypub.plain_text import clean_line, first_line, plain_text

__all__ = ["clean_html", "clean_line", "first_line", "markdown_to_html", "plain_text"]

MAX_MARKDOWN: Final = 50_000
"""Characters of Markdown that are rendered; a longer text is cut."""

_SMALL = 4096
"""Characters below which no input costs the cleaner more than a few milliseconds."""
_MAX_BRACKETS = 1_000
_MAX_MARKS = 5_000
_MAX_LINES = 2_000
_MAX_LINKS = 500

_SURROGATES = re.compile(r"[\ud800-\udfff]")
_CLASS = re.compile(r"(?:(?:h|p|u|dt|e)-[a-z0-9-]{1,40}|mention|hashtag|quote-inline)")
_LANGUAGE = re.compile(r"[A-Za-z0-9-]{1,35}")
_NUMBER = re.compile(r"-?[0-9]{1,9}")
_AUTHORITY = re.compile(r"[\x00-\x20]*https?:[\\/]*([^\\/?#]*)", re.IGNORECASE)
_UNSEEN = re.compile(r"[\t\r\n]")  # what browsers leave out of a URL
_CUT_MARKUP = re.compile(r"(?:&[a-z]{0,4}|<[br]{0,2})\Z")


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    """The value to keep of an allowed attribute, or None to drop it."""
    if name == "class":
        return " ".join(word for word in value.split() if _CLASS.fullmatch(word)) or None
    if name == "translate":
        return value if value == "no" else None
    if name == "lang":
        return value if _LANGUAGE.fullmatch(value) else None
    if name in {"start", "value"}:
        return value if _NUMBER.fullmatch(value) else None
    if name == "href":
        authority = _AUTHORITY.match(_UNSEEN.sub("", value))
        return None if authority and "@" in authority[1] else value
    return value


_CLEANER = nh3.Cleaner(
    tags={
        "a",
        "b",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "i",
        "li",
        "ol",
        "p",
        "pre",
        "rp",
        "rt",
        "ruby",
        "s",
        "span",
        "strong",
        "u",
        "ul",
    },
    clean_content_tags={
        "iframe",
        "math",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "option",
        "plaintext",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "xmp",
    },
    attributes={
        "a": {"class", "href", "translate"},
        "span": {"class", "translate"},
        "p": {"class"},
        "ol": {"reversed", "start"},
        "li": {"value"},
        "*": {"lang"},
    },
    attribute_filter=_keep_attribute,
    url_schemes={"http", "https"},
    url_relative="deny",
    link_rel="nofollow noopener noreferrer",
    set_tag_attribute_values={"a": {"target": "_blank"}},
    strip_comments=True,
)


def clean_html(html: str) -> str:
    """`html` by the allow-list above; every link opens elsewhere and tells nothing of the reader.

    Input beyond the limits of `html_scan` comes back as its escaped text, cut at MAX_HTML.
    """
    return _clean(_SURROGATES.sub("\ufffd", html), MAX_HTML)


def markdown_to_html(text: str) -> str:
    """CommonMark with bare links and ~~strike~~, without HTML and images, as clean HTML.

    An image becomes a link to it and a heading a bold line. What is longer than MAX_MARKDOWN is
    cut, and that and what cannot be prose, such as a thousand brackets, is shown as it was typed.
    """
    text = _SURROGATES.sub("\ufffd", text)
    if not _is_prose(text):
        return _as_text(text[:MAX_MARKDOWN])
    parser = _MARKDOWN if text.count("://") <= _MAX_LINKS else _MARKDOWN_WITHOUT_BARE_LINKS
    return _clean(parser.render(text), 4 * MAX_HTML)


def _is_prose(text: str) -> bool:
    """Whether `text` is of a kind that the parser, ten microseconds a mark, reads in good time."""
    return (
        len(text) <= MAX_MARKDOWN
        and text.count("[") <= _MAX_BRACKETS
        and text.count("\n") <= _MAX_LINES
        and sum(map(text.count, "*_~`<&!\\]")) <= _MAX_MARKS
    )


def _clean(html: str, limit: int) -> str:
    if len(html) <= limit:
        opaque = may_have_opaque(html)
        if opaque and len(html) > _SMALL:
            html = without_opaque(html)
            opaque = has_opaque(html)
        if (opaque and len(html) <= _SMALL) or (not opaque and is_parsable(html)):
            return _CLEANER.clean(html)
    return _as_text(plain_text(html))


def _as_text(text: str) -> str:
    """Escaped as the cleaner escapes, a `<br>` for each line's end, at most MAX_HTML characters,
    no entity or tag cut in two."""
    escaped = entities.escape(text, quote=False).replace("\n", "<br>\n")
    return escaped if len(escaped) <= MAX_HTML else _CUT_MARKUP.sub("", escaped[:MAX_HTML])


class _Renderer(RendererHTML):
    """Markdown-it's renderer, with the two things our pages show differently."""

    def image(self, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
        """A link with the alternative text: no page of ours asks a third party for an image."""
        token = tokens[index]
        source = str(token.attrs.get("src", ""))
        label = self.renderInlineAsText(token.children, options, env) or source
        return f'<a href="{entities.escape(source)}">{entities.escape(label)}</a>'

    def heading_open(self, *_: object) -> str:
        """Headings belong to the page; inside a post they are bold lines."""
        return "<p><strong>"

    def heading_close(self, *_: object) -> str:
        """The end of such a line."""
        return "</strong></p>\n"


def _markdown(*, bare_links: bool) -> MarkdownIt:
    parser = MarkdownIt(
        "commonmark", {"html": False, "linkify": bare_links}, renderer_cls=_Renderer
    )
    parser.enable("strikethrough")
    if bare_links:
        links = LinkifyIt({}, {"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
        for scheme in ("ftp:", "//", "mailto:"):
            links.add(scheme, None)
        parser.linkify = links
        parser.enable("linkify")
    return parser


_MARKDOWN = _markdown(bare_links=True)
_MARKDOWN_WITHOUT_BARE_LINKS = _markdown(bare_links=False)
