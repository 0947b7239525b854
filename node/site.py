"""The site: shell, pages and API of every room, and the ActivityPub edge, in one application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Final

from aiohttp import web

from federation.http import HttpClient
from node.accounts.entrance import Entrance
from node.accounts.keys import ACCOUNTS, ENTRANCE, SESSIONS
from node.accounts.pages import routes as account_routes
from node.accounts.passwords import ARGON2, Hasher
from node.accounts.throttle import Throttle, Unthrottled
from node.app import Node
from node.clients.access import CALLERS
from node.clients.budget import BUDGET, Budget
from node.clients.c2s.keys import open_c2s
from node.clients.c2s.routes import with_token_views
from node.clients.cors import answer_preflights, open_answers
from node.clients.doors import with_slashes
from node.clients.keys import open_writing
from node.clients.oauth.documents import Documents
from node.clients.oauth.pages import routes as oauth_pages
from node.clients.oauth.service import OAUTH, open_oauth
from node.clients.push.opening import open_push
from node.clients.push.pages import routes as device_pages
from node.clients.routes import client_routes
from node.clients.streaming.routes import open_streams
from node.clients.suites import suite_routes
from node.groups.keys import GROUPS, LOOKUP, NEW_ID, NEW_KEYS, LookUp
from node.groups.pages import group_page
from node.groups.pages import routes as group_routes
from node.media.fetching import fetch_through
from node.media.keys import MAY_READ, MEDIA, PICTURES, REMOTE_PICTURES, UPLOADS
from node.media.pages import routes as media_routes
from node.messages.keys import MESSAGES, STREAMS
from node.messages.pages import routes as message_routes
from node.messages.streams import Streams
from node.moderation.keys import MODERATION
from node.moderation.pages import routes as moderation_routes
from node.notifications.keys import NEWS, NOTIFYING
from node.notifications.pages import routes as news_routes
from node.personas.anonymous import Anonymous
from node.personas.keys import ANONYMOUS, PERSONAS
from node.personas.keys import NEW_KEYS as PERSONA_KEYS
from node.personas.pages import routes as persona_routes
from node.pictures_of_posts import may_see_pictures
from node.ports import NewKeys
from node.profiles.keys import FIND_ACTOR, PROFILES, TELL_OTHERS, FindActor, TellOthers
from node.profiles.pages import person_page, post_page
from node.profiles.pages import routes as profile_routes
from node.reading.keys import READING
from node.rights.keys import RIGHTS
from node.rights.pages import routes as right_routes
from node.rooms import Rooms
from node.safety.keys import FILTERS, MUTING, NEWCOMERS, SAFETY
from node.safety.pages import routes as safety_routes
from node.support_site import open_support
from node.voting.keys import VOTING
from node.voting.pages import routes as vote_routes
from node.web.health import health
from node.web.i18n import Tongues
from node.web.shell import furnish
from node.wire.keys import INBOX
from node.wire.routes import HtmlHandlers, wire_routes
from storage.keys import PrivateKeys

MAX_FORM: Final = 256 * 1024
"""Bytes of a form or a call of the API; the longest text fits many times."""


HOUR: Final = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What the site needs beside the rooms. `http` is None where nothing is asked of other nodes:
    then no picture comes from them, and no app is described elsewhere."""

    hasher: Hasher
    throttle: Throttle
    new_keys: NewKeys
    look_up: LookUp
    find_actor: FindActor
    http: HttpClient | None


def make_site(node: Node) -> web.Application:
    """The whole web application of an open node."""
    rooms = node.rooms

    async def generate() -> PrivateKeys:
        return await asyncio.to_thread(rooms.own_keys.generate)

    outside = Outside(
        hasher=Hasher(ARGON2),
        throttle=(Unthrottled if node.config.test_mode else Throttle)(rooms.now),
        new_keys=generate,
        look_up=node.network.look_up,
        find_actor=node.network.find_actor,
        http=node.network.http,
    )
    app = furnish_rooms(rooms, outside, Tongues.load())
    open_c2s(app, rooms, node.network.fetcher)
    app[INBOX] = node.network.inbox
    html = HtmlHandlers(persona=person_page, group=group_page, post=post_page)
    app.add_routes([web.get("/health", health)])
    # They share addresses with pages and come last.
    app.add_routes(with_token_views(wire_routes(html)))
    return app


def furnish_rooms(rooms: Rooms, outside: Outside, tongues: Tongues) -> web.Application:
    """The shell with every room, its pages and doors, but without the wire."""
    app = web.Application(client_max_size=MAX_FORM)
    furnish(
        app,
        config=rooms.config,
        db=rooms.db,
        doorkeeper=rooms.sessions,
        now=rooms.now,
        tongues=tongues,
    )
    _open_accounts(app, rooms, outside)
    _open_groups(app, rooms, outside)
    app[RIGHTS] = rooms.rights
    app[PERSONAS] = rooms.personas
    app[ANONYMOUS] = Anonymous(rooms.personas, rooms.groups, rooms.now)
    app[PERSONA_KEYS] = outside.new_keys
    app[SAFETY], app[NEWCOMERS] = rooms.safety, rooms.newcomers
    app[FILTERS], app[MUTING], app[READING] = rooms.filters, rooms.muting, rooms.reading
    app[MODERATION] = rooms.moderation
    open_media(app, rooms, outside.http)
    _open_messages(app, rooms)
    open_support(app, rooms)
    open_clients(app, rooms, outside.http)
    for routes in PAGES:
        app.add_routes(routes())
    return app


PAGES: Final = (
    account_routes,
    safety_routes,
    group_routes,
    profile_routes,
    right_routes,
    persona_routes,
    news_routes,
    moderation_routes,
    message_routes,
    vote_routes,
)
"""The pages of every room."""


def open_clients(app: web.Application, rooms: Rooms, http: HttpClient | None) -> None:
    """The doors for client apps. Without `http` none is described elsewhere."""
    calls = 0 if rooms.config.test_mode else rooms.config.client_calls
    app[CALLERS] = rooms.sessions
    app[BUDGET] = Budget(calls, rooms.now)
    open_writing(app, rooms)
    documents = Documents(http, is_trial=bool(rooms.config.allowed_test_networks))
    app[OAUTH] = open_oauth(rooms.now, rooms.new_id, documents, is_test=rooms.config.test_mode)
    app.add_routes(oauth_pages())
    app.add_routes(device_pages())
    app.middlewares.append(answer_preflights)
    app.on_response_prepare.append(open_answers)
    open_push(app, rooms)
    open_streams(app, rooms.news)
    app.add_routes(with_slashes(client_routes()))
    if rooms.config.test_mode:
        app.add_routes(suite_routes())


def _open_accounts(app: web.Application, rooms: Rooms, outside: Outside) -> None:
    hasher, throttle, new_keys = outside.hasher, outside.throttle, outside.new_keys

    async def end_threads(_app: web.Application) -> None:
        hasher.close()

    app[ACCOUNTS] = rooms.accounts
    app[SESSIONS] = rooms.sessions
    app[ENTRANCE] = Entrance(rooms.db, rooms.accounts, rooms.sessions, hasher, throttle, new_keys)
    app.on_cleanup.append(end_threads)
    app.cleanup_ctx.append(partial(_forget_addresses, throttle))


async def _forget_addresses(throttle: Throttle, _app: web.Application) -> AsyncIterator[None]:
    """Look every hour whether it is time, also while nobody tries to come in."""

    async def look() -> None:
        while True:
            await asyncio.sleep(HOUR)
            throttle.forget_old()

    looking = asyncio.create_task(look())
    yield
    looking.cancel()
    with suppress(asyncio.CancelledError):
        await looking


def _open_groups(app: web.Application, rooms: Rooms, outside: Outside) -> None:
    tell_others: TellOthers = rooms.introducing.announce
    app[GROUPS] = rooms.groups
    app[PROFILES] = rooms.profiles
    app[TELL_OTHERS] = tell_others
    app[FIND_ACTOR] = outside.find_actor
    app[NOTIFYING], app[NEWS] = rooms.notifying, rooms.news
    app[LOOKUP] = outside.look_up
    app[NEW_KEYS] = outside.new_keys
    app[NEW_ID] = rooms.new_id


def open_media(app: web.Application, rooms: Rooms, http: HttpClient | None) -> None:
    """Pictures and polls, for pages and doors. Without `http` none comes from other nodes."""
    pictures = rooms.pictures

    async def end_process(_app: web.Application) -> None:
        await pictures.close()

    app[MEDIA] = pictures.media
    app[PICTURES] = pictures
    app[UPLOADS], app[MAY_READ] = rooms.uploads, may_see_pictures
    config = rooms.config
    fetch = fetch_through(http, rooms.policy, config.picture_bytes)
    room = config.remote_picture_megabytes * 1024 * 1024
    app[REMOTE_PICTURES] = rooms.uploads.remote(fetch, room)
    app[VOTING] = rooms.voting
    app.on_cleanup.append(end_process)
    app.add_routes(media_routes())


def _open_messages(app: web.Application, rooms: Rooms) -> None:
    streams = Streams(rooms.db.signals, rooms.config.message_streams)
    app[MESSAGES] = rooms.messages
    app[STREAMS] = streams
    app.on_shutdown.append(streams.close)
