"""Private conversations, as lists of direct posts.

GET /api/v1/conversations · POST /api/v1/conversations/:id/{read,unread}
DELETE /api/v1/conversations/:id
"""

from collections.abc import Collection, Mapping
from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, empty, page_of
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.entities.status import Status
from node.clients.mastodon.entities.talking import Conversation
from node.clients.mastodon.shown import Site, show_accounts, show_statuses, site_of
from node.clients.mastodon.windows import window_of
from node.messages.keys import MESSAGES
from storage.actors import Actor
from storage.conversations import Participant
from storage.unit_of_work import UnitOfWork

PAGE: Final = 20
PAGE_MOST: Final = 40
WRITE: Final = "write:conversations"


def routes() -> list[web.RouteDef]:
    """All of them need a person's token."""
    here = "/api/v1/conversations"
    return [
        door("GET", here, listed, scope="read:statuses", who="user"),
        door("POST", f"{here}/{{id}}/read", read, scope=WRITE, who="user"),
        door("POST", f"{here}/{{id}}/unread", unread, scope=WRITE, who="user"),
        door("DELETE", f"{here}/{{id}}", remove, scope=WRITE, who="user"),
    ]


async def listed(call: Call) -> Response:
    """GET /api/v1/conversations: by what came last; pages go by the ids of messages."""
    who, site, window = call.persona, site_of(call.app), window_of(call, PAGE, PAGE_MOST)

    def look(uow: UnitOfWork) -> tuple[list[Participant], list[Conversation]]:
        rows = uow.conversations.of_persona(who.id, window.limit, window.before)
        places = [place for place, _ in rows if place.newest_id > window.after]
        return places, show_conversations(uow, places, who, site)

    places, shown = await call.db.read(look)
    newest = [place.newest_id for place in places]
    last = newest[-1] if len(newest) >= window.limit else None
    return page_of(shown, call.url, newest[0] if newest else None, last)


async def read(call: Call) -> Response:
    """POST /api/v1/conversations/:id/read"""
    number, who, messages, site = call.id(), call.persona, call.app[MESSAGES], site_of(call.app)

    def act(uow: UnitOfWork) -> list[Conversation]:
        messages.mark_read(uow, who, number)
        return show_conversations(uow, [messages.room(uow, number, who).place], who, site)

    [shown] = await call.db.write(act)
    return answer(shown)


async def unread(call: Call) -> Response:
    """POST /api/v1/conversations/:id/unread: what was read stays read; it says how it stands."""
    number, who, messages, site = call.id(), call.persona, call.app[MESSAGES], site_of(call.app)

    def look(uow: UnitOfWork) -> list[Conversation]:
        return show_conversations(uow, [messages.room(uow, number, who).place], who, site)

    [shown] = await call.db.read(look)
    return answer(shown)


async def remove(call: Call) -> Response:
    """DELETE /api/v1/conversations/:id: one's own copies; others keep theirs."""
    number, who, messages = call.id(), call.persona, call.app[MESSAGES]
    await call.db.write(lambda uow: messages.remove(uow, who, number))
    return empty()


def show_conversations(
    uow: UnitOfWork, places: Collection[Participant], who: Actor, site: Site
) -> list[Conversation]:
    people = uow.conversations.people([one.conversation_id for one in places])
    others = {
        number: [actor.id for _, actor in found if actor.id != who.id]
        for number, found in people.items()
    }
    accounts = show_accounts(uow, {one for ids in others.values() for one in ids}, who, site)
    last = show_statuses(uow, [one.newest_id for one in places], who, site)
    return [_conversation(one, others[one.conversation_id], accounts, last) for one in places]


def _conversation(
    place: Participant,
    others: list[int],
    accounts: Mapping[int, Account],
    last: Mapping[int, Status],
) -> Conversation:
    return Conversation(
        id=str(place.conversation_id),
        unread=place.has_news,
        accounts=[accounts[one] for one in others if one in accounts],
        last_status=last.get(place.newest_id),
    )
