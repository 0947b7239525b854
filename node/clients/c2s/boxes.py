"""The owner's inbox and outbox, newest first, page by page.

Each is put together from a few lists by id; a page takes the same number of queries whatever its
length. What the owner may not read any more, because of a block, a removal or a group that was
left, is not in it, and leaves no gap behind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from node.clients.c2s import activities as made
from node.clients.c2s.documents import Document, Shown, create_of, show_messages, show_posts
from node.clients.mastodon.site import Site
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

PAGE: Final = 20

Numbers = list[int]


@dataclass(frozen=True, slots=True)
class Page:
    """Some activities, and the number below which the next page begins; None on the last one."""

    items: list[Document]
    following: int | None


def outbox_page(uow: UnitOfWork, owner: Actor, before: int | None, site: Site) -> Page:
    """What the owner did: posts, messages and shares as they are now, and all other acts."""
    read, who = uow.client_reading, owner.id
    posts = read.own_posts(who, PAGE + 1, before)
    messages = read.written(who, PAGE + 1, before)
    shares = {one.id: one for one in uow.shares.by(who, PAGE + 1, before)}
    acts = {one.id: one for one in uow.client_acts.page(who, PAGE + 1, before)}
    sent = {one.id: one for one in read.sent(who, PAGE + 1, before)}
    chosen, following = _newest((posts, messages, shares, acts, sent))
    found = _creates(show_posts(uow, _of(posts, chosen), owner, site))
    found |= _creates(show_messages(uow, _of(messages, chosen), owner, site))
    found |= made.of_shares(uow, [shares[one] for one in _of(shares, chosen)], owner, site)
    found |= made.of_acts(uow, [acts[one] for one in _of(acts, chosen)], owner, site)
    found |= made.of_sent(uow, [sent[one] for one in _of(sent, chosen)])
    return Page([found[one] for one in chosen if one in found], following)


def inbox_page(uow: UnitOfWork, owner: Actor, before: int | None, site: Site) -> Page:
    """What reached the owner: threads of its groups, what those whom it follows wrote, answers,
    reactions, follows, private messages."""
    read, who = uow.client_reading, owner.id
    posts = read.threads(who, PAGE + 1, before)
    messages = read.received(who, PAGE + 1, before)
    news = {one.id: one for one in read.news(who, tuple(made.NEWS), PAGE + 1, before)}
    chosen, following = _newest((posts, messages, news))
    found = _told(show_posts(uow, _of(posts, chosen), owner, site))
    found |= _told(show_messages(uow, _of(messages, chosen), owner, site))
    found |= made.of_news(uow, [news[one] for one in _of(news, chosen)], owner, site)
    return Page([found[one] for one in chosen if one in found], following)


def _newest(lists: Iterable[Iterable[int]]) -> tuple[Numbers, int | None]:
    """The newest numbers of all lists, one page of them, and where the next one begins."""
    numbers = sorted({number for one in lists for number in one}, reverse=True)
    following = numbers[PAGE - 1] if len(numbers) > PAGE else None
    return numbers[:PAGE], following


def _of(some: Iterable[int], chosen: Numbers) -> Numbers:
    here = set(some)
    return [number for number in chosen if number in here]


def _creates(shown: dict[int, Shown]) -> dict[int, Document]:
    return {number: create_of(one) for number, one in shown.items()}


def _told(shown: dict[int, Shown]) -> dict[int, Document]:
    """With a word of who wrote, for lists that show no more."""
    return {
        number: {
            **create_of(one),
            "summary": f"{one.author.name or one.author.handle} wrote" if one.author else "",
        }
        for number, one in shown.items()
        if one.author is not None
    }
