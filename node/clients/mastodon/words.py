"""What a post says, as one piece of HTML that every client shows: its title as a bold line, what
kind of answer would help, and the reactions in words.

The two paragraphs of ours are in the language of the post, where we speak it, and neutral: they
say what the pages say. Programs find the same in the field `kith`.
"""

import html
import re
from collections.abc import Mapping
from typing import Final

from node.clients.mastodon.site import Site
from node.groups.pages.labels import REACTIONS, REPLIES_WANTED
from storage.hashtags import text_of
from storage.posts import Post

_FIRST = re.compile(r"\A\s*<p>(.*?)(?:<br ?/?>|</p>)", re.DOTALL)
_NAMES: Final = dict(REACTIONS)


def content_of(post: Post, reactions: Mapping[str, int], site: Site) -> str:
    """The HTML of a post; all that is added is escaped."""
    return f"{_title(post)}{_wish(post, site)}{post.content.rstrip()}{_felt(post, reactions, site)}"


def _title(post: Post) -> str:
    """A title that the text does not begin with anyhow."""
    if not post.title:
        return ""
    first = _FIRST.match(post.content)
    if first is not None and text_of(first[1]).split() == post.title.split():
        return ""
    return f"<p><strong>{html.escape(post.title)}</strong></p>"


def _wish(post: Post, site: Site) -> str:
    wish = REPLIES_WANTED.get(post.reply_wanted or "")
    if wish is None:
        return ""
    return f"<p><em>{html.escape(site.say(post.language, wish))}</em></p>"


def _felt(post: Post, reactions: Mapping[str, int], site: Site) -> str:
    words = [
        f"{html.escape(site.say(post.language, name))}: {reactions[kind]}"
        for kind, name in _NAMES.items()
        if reactions.get(kind)
    ]
    return f"<p><small>{' · '.join(words)}</small></p>" if words else ""
