"""What a copy holds of what hangs on posts: words of pictures, fields, own polls, votes. The
bytes of pictures are in the pages; nobody learns from a copy who else voted, or for what.
"""

from collections.abc import Collection
from typing import Any, Final

from node.i18n import N_
from node.rights.parts import BATCH, Exporter, Owner, paged, when
from storage.actors import Actor
from storage.articles import Article
from storage.polls import Poll
from storage.post_media import PostMedia
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]


def hanging(uow: UnitOfWork, posts: Collection[int]) -> dict[int, Item]:
    """The pictures, the poll and the fields of those own posts that have any. The same number
    of queries for all."""
    media, polls = uow.post_media.of_posts(posts), uow.polls.of_posts(posts)
    articles = uow.articles.of(posts)
    return {
        number: {
            "pictures": [_picture(one) for one in media.get(number, ())],
            "poll": _poll(polls[number]) if number in polls else None,
            "article": _article(articles[number]) if number in articles else None,
        }
        for number in media.keys() | polls.keys() | articles.keys()
    }


def votes(uow: UnitOfWork, _owner: Owner, persona: Actor, after: int) -> list[tuple[int, Item]]:
    """What the persona chose. Options are words of others: those of posts that are gone stay out
    of it, and so do those that it did not choose."""
    found = uow.own.ballots(persona.id, BATCH, after)
    polls = uow.polls.of_posts({one.post_id for one in found if not one.is_gone})
    return [
        (
            one.id,
            {
                "type": "Vote",
                "actor": persona.uri,
                "object": one.post_uri,
                "choices": _chosen(polls.get(one.post_id), one.choices),
                "published": when(one.created_at),
            },
        )
        for one in found
    ]


def _picture(media: PostMedia) -> str:
    return media.alt or media.type


def _poll(poll: Poll) -> Item:
    return {
        "options": list(poll.options),
        "several": poll.multiple,
        "numbersOnlyAtTheEnd": poll.hide_totals,
        "ends": when(poll.closed_at or poll.expires_at),
    }


def _article(article: Article) -> Item:
    return {"kind": article.kind, "licence": article.licence, "details": article.details}


def _chosen(poll: Poll | None, choices: tuple[int, ...]) -> list[str]:
    options = () if poll is None else poll.options
    return [options[place] for place in choices if place < len(options)]


VOTES: Final = Exporter("votes", N_("Your votes"), paged(votes))
