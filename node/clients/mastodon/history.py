"""How a post read before, and how one's own was typed.

GET /api/v1/statuses/:id/history · /:id/source
GET, POST /api/v1/statuses/:id/translate
"""

from dataclasses import replace
from typing import Final

from aiohttp import web
from msgspec import Struct

from node.clients.answers import Response, answer, moment
from node.clients.call import Call
from node.clients.doors import door
from node.clients.mastodon.entities.account import Account
from node.clients.mastodon.entities.emoji import CustomEmoji
from node.clients.mastodon.entities.media import MediaAttachment
from node.clients.mastodon.entities.status import Status
from node.clients.mastodon.own_words import as_composed, typed_text
from node.clients.mastodon.shown import Site, site_of
from node.clients.mastodon.statuses import need_status
from node.clients.mastodon.words import content_of
from node.errors import Refused
from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from storage.wordings import Wording

READ: Final = "read:statuses"


class StatusEdit(Struct, frozen=True, kw_only=True):
    """One wording of a post."""

    content: str
    spoiler_text: str
    sensitive: bool
    created_at: str
    account: Account
    media_attachments: list[MediaAttachment] = []
    emojis: list[CustomEmoji] = []


class StatusSource(Struct, frozen=True, kw_only=True):
    """What its author typed."""

    id: str
    text: str
    spoiler_text: str


def routes() -> list[web.RouteDef]:
    """History is open to whoever may read the post, the source to its author."""
    here = "/api/v1/statuses/{id}"
    return [
        door("GET", f"{here}/history", history, scope=READ, who="anyone"),
        door("GET", f"{here}/source", source, scope=READ, who="user"),
        door("GET", f"{here}/translate", translate, scope=READ, who="user"),
        door("POST", f"{here}/translate", translate, scope=READ, who="user"),
    ]


async def history(call: Call) -> Response:
    """GET /api/v1/statuses/:id/history: the first wording first, the one that stands last."""
    number, site = call.id(), site_of(call.app)
    return answer(await call.db.read(lambda uow: _history(uow, number, call.reader, site)))


async def source(call: Call) -> Response:
    """GET /api/v1/statuses/:id/source: of one's own posts and messages."""
    number, who = call.id(), call.persona

    def look(uow: UnitOfWork) -> StatusSource:
        written = as_composed(uow, number, who)
        return StatusSource(
            id=str(number),
            text=typed_text(uow, number, who),
            spoiler_text=written.spoiler_text or "",
        )

    return answer(await call.db.read(look))


async def translate(call: Call) -> Response:
    """POST /api/v1/statuses/:id/translate: nothing that people write here is handed to a service
    that translates. Raises NotFound, Refused."""
    number, site = call.id(), site_of(call.app)
    await call.db.read(lambda uow: need_status(uow, number, call.reader, site))
    raise Refused(
        "This node does not translate: that would hand what people write to somebody else. Your "
        "device may be able to."
    )


def _history(uow: UnitOfWork, number: int, reader: Actor | None, site: Site) -> list[StatusEdit]:
    shown = need_status(uow, number, reader, site)
    post = uow.posts.get(number)
    earlier = uow.wordings.of_post(number) if post is not None else []
    found = [_wording(one, post, shown, site) for one in earlier if post is not None]
    return [*found, _standing(shown)]


def _wording(wording: Wording, post: Post, shown: Status, site: Site) -> StatusEdit:
    then = replace(post, title=wording.title, content=wording.content)
    return StatusEdit(
        content=content_of(then, {}, site),
        spoiler_text=wording.content_warning or "",
        sensitive=wording.sensitive or wording.content_warning is not None,
        created_at=moment(wording.written_at),
        account=shown.account,
    )


def _standing(shown: Status) -> StatusEdit:
    return StatusEdit(
        content=shown.content,
        spoiler_text=shown.spoiler_text,
        sensitive=shown.sensitive,
        created_at=shown.edited_at or shown.created_at,
        account=shown.account,
        media_attachments=shown.media_attachments,
    )
