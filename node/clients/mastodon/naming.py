"""Whom posts name: as it was kept with a post, or else by the links of class "mention" in its HTML,
as far as they lead to actors that are known here.
"""

import html
import re
from collections.abc import Collection, Iterable

from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork

MOST = 30
"""Mentions of one post that are looked at."""

_LINK = re.compile(r"<a ([^>]*)>")
_CLASS = re.compile(r'\bclass="([^"]*)"')
_HREF = re.compile(r'\bhref="([^"]*)"')


def named_in(
    uow: UnitOfWork, posts: Iterable[Post], kept: Collection[int]
) -> dict[int, list[Actor]]:
    """The actors that each post names, those of posts that name nobody left out. `kept` are those
    with which it was kept: two queries at most, none where nobody is named."""
    named = uow.profile_posts.named(kept) if kept else {}
    links = {post.id: mention_links(post.content) for post in posts if post.id not in named}
    wanted = {uri for uris in links.values() for uri in uris}
    known = uow.actors.by_uris(wanted) if wanted else {}
    for number, uris in links.items():
        if found := [known[uri] for uri in uris if uri in known]:
            named[number] = found
    return named


def mention_links(content: str) -> list[str]:
    """Where the mentions in clean HTML lead, each once."""
    if "mention" not in content:
        return []
    found: dict[str, None] = {}
    for attributes in _LINK.findall(content):
        kinds, href = _CLASS.search(attributes), _HREF.search(attributes)
        words = kinds[1].split() if kinds else []
        if href and "mention" in words and "hashtag" not in words:
            found[html.unescape(href[1])] = None
    return list(found)[:MOST]
