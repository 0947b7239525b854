"""One's own account, changed; and how new posts start.

PATCH /api/v1/accounts/update_credentials · DELETE /api/v1/profile/{avatar,header}
GET /api/v1/preferences
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer
from node.clients.call import Call
from node.clients.composition import is_language, visibility_of
from node.clients.doors import door
from node.clients.keys import INTRODUCING, POSTS
from node.clients.mastodon.entities.account import CredentialAccount
from node.clients.mastodon.own_account import own_account
from node.clients.mastodon.shown import site_of
from node.clients.params import Params, Upload
from node.errors import Invalid, NotFound, Refused
from node.media.keys import PICTURES
from node.profiles.keys import PROFILES
from node.web.keys import NOW
from storage.preferences import Field, Preferences
from storage.unit_of_work import UnitOfWork

FIELDS_MOST: Final = 4
FIELD_LETTERS: Final = 255
WRITE: Final = "write:accounts"


def routes() -> list[web.RouteDef]:
    """All of them need a person's token."""
    here = "/api/v1/accounts"
    return [
        door("PATCH", f"{here}/update_credentials", update, scope=WRITE, who="user"),
        door("DELETE", "/api/v1/profile/avatar", drop_avatar, scope=WRITE, who="user"),
        door("DELETE", "/api/v1/profile/header", drop_header, scope=WRITE, who="user"),
        door("GET", "/api/v1/preferences", preferences, scope="read:accounts", who="user"),
    ]


async def update(call: Call) -> Response:
    """PATCH /api/v1/accounts/update_credentials: what is not sent stays as it was."""
    who, site, params = call.persona, site_of(call.app), call.params
    introducing, profiles = call.app[INTRODUCING], call.app[PROFILES]
    locked, pictures = params.maybe_flag("locked"), call.app[PICTURES]
    face, header = _picture(params, "avatar"), _picture(params, "header")

    def act(uow: UnitOfWork) -> None:
        chosen = uow.preferences.get(who.id)
        wanted = _wanted(chosen, params)
        if wanted != chosen:
            uow.preferences.put(wanted)
        if locked is not None:
            profiles.set_locked(uow, who, locked=locked)
        introducing.describe(
            uow, who, display_name=params.text("display_name"), note=params.text("note")
        )

    await call.db.write(act)
    if face is not None:
        await pictures.wear(who.id, call.account.id, face.body)
    if header is not None:
        await pictures.wear_header(who.id, call.account.id, header.body)

    def show(uow: UnitOfWork) -> CredentialAccount:
        introducing.announce(uow, who.id)
        changed = uow.actors.get(who.id)
        if changed is None:
            raise NotFound
        return own_account(uow, changed, site)

    return answer(await call.db.write(show))


async def drop_avatar(call: Call) -> Response:
    """DELETE /api/v1/profile/avatar"""
    now = call.app[NOW]()
    return await _dropped(call, lambda uow: uow.avatars.drop(call.persona.id, now))


async def drop_header(call: Call) -> Response:
    """DELETE /api/v1/profile/header"""
    now = call.app[NOW]()
    return await _dropped(call, lambda uow: uow.headers.drop(call.persona.id, now))


async def _dropped(call: Call, drop: Callable[[UnitOfWork], None]) -> Response:
    who, site, introducing = call.persona, site_of(call.app), call.app[INTRODUCING]

    def act(uow: UnitOfWork) -> CredentialAccount:
        drop(uow)
        introducing.announce(uow, who.id)
        return own_account(uow, uow.actors.get(who.id) or who, site)

    return answer(await call.db.write(act))


async def preferences(call: Call) -> Response:
    """GET /api/v1/preferences"""
    who, posts = call.persona, call.app[POSTS]

    def look(uow: UnitOfWork) -> dict[str, object]:
        chosen = uow.preferences.get(who.id)
        return {
            "posting:default:visibility": posts.usual_visibility(uow, who),
            "posting:default:sensitive": chosen.sensitive,
            "posting:default:language": chosen.language,
            "posting:default:quote_policy": "nobody",
            "reading:expand:media": "default",
            "reading:expand:spoilers": False,
            "reading:autoplay:gifs": False,
        }

    return answer(await call.db.read(look))


def _picture(params: Params, name: str) -> Upload | None:
    sent = params.file(name)
    if sent is None:
        if (params.text(name) or "").strip():
            raise Invalid(name, f"Send {name} as a file, in multipart/form-data.")
        return None
    if sent.is_too_long:
        raise Refused(f"The {name} is larger than this node takes.", "validation")
    return sent if sent.body else None


def _wanted(chosen: Preferences, params: Params) -> Preferences:
    """The choices with what was sent. Raises Invalid."""
    source = params.inner("source") or Params({})
    visibility = visibility_of(source.text("privacy")) or chosen.visibility
    if visibility == "direct":
        raise Invalid("source[privacy]", "source[privacy] must be public, unlisted or private")
    return replace(
        chosen,
        visibility=visibility,
        sensitive=source.flag("sensitive", chosen.sensitive),
        language=_language(source, chosen.language),
        is_bot=params.flag("bot", chosen.is_bot),
        discoverable=params.flag("discoverable", chosen.discoverable),
        indexable=params.flag("indexable", chosen.indexable),
        hides_collections=params.flag("hide_collections", chosen.hides_collections),
        fields=_fields(params) if params.has("fields_attributes") else chosen.fields,
    )


def _language(source: Params, before: str | None) -> str | None:
    if not source.has("language"):
        return before
    text = (source.text("language") or "").strip()
    if text and not is_language(text):
        raise Invalid("source[language]", "source[language] must be a code such as en or pt-BR")
    return text or None


def _fields(params: Params) -> tuple[Field, ...]:
    found = []
    for one in params.inners("fields_attributes"):
        name, value = (one.text("name") or "").strip(), (one.text("value") or "").strip()
        if max(len(name), len(value)) > FIELD_LETTERS:
            raise Invalid("fields_attributes", f"A field fits {FIELD_LETTERS} characters.")
        if name or value:
            found.append(Field(name=name, value=value))
    if len(found) > FIELDS_MOST:
        raise Invalid("fields_attributes", f"A profile has up to {FIELDS_MOST} fields.")
    return tuple(found)
