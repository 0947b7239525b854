"""How what is told is shown: by the code that shows it in the lists of the Mastodon API."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from node.clients.mastodon.conversations import show_conversations
from node.clients.mastodon.news import show_news
from node.clients.mastodon.shown import show_statuses
from node.clients.mastodon.site import Site, site_of
from node.clients.streaming.telling import Telling
from node.notifications.apps import NewsOfApps
from node.visibility import may_read_conversation
from node.web.keys import NOW
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Shows:
    """Each takes ids and a reader, and leaves out what the reader may not see."""

    site: Site
    news: NewsOfApps

    def statuses(self, uow: UnitOfWork, ids: Iterable[int], reader: Actor) -> Mapping[int, Any]:
        return show_statuses(uow, ids, reader, self.site)

    def notifications(
        self, uow: UnitOfWork, ids: Iterable[int], reader: Actor
    ) -> Mapping[int, Any]:
        found = [self.news.tellable(uow, reader, number) for number in ids]
        told = [one for one in found if one is not None]
        return {int(one.id): one for one in show_news(uow, told, reader, self.site)}

    def conversations(
        self, uow: UnitOfWork, ids: Iterable[int], reader: Actor
    ) -> Mapping[int, Any]:
        found = [uow.conversations.place(number, reader.id) for number in ids]
        places = [one for one in found if one is not None and may_read_conversation(one)]
        shown = show_conversations(uow, places, reader, self.site)
        return {int(one.id): one for one in shown}


def telling_of(app: web.Application, news: NewsOfApps) -> Telling:
    """For the site that this application serves."""
    shows = Shows(site_of(app), news)
    return Telling(shows.statuses, shows.notifications, shows.conversations, app[NOW])
