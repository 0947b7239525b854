"""Writing: a post is made, changed, deleted.

POST /api/v1/statuses · PUT, DELETE /api/v1/statuses/:id
"""

from dataclasses import replace
from typing import Final

from aiohttp import web

from node.clients.answers import Response, answer, refusal
from node.clients.call import Call
from node.clients.composition import Composition, Name, first_name
from node.clients.doors import door
from node.clients.keys import POSTS, SCHEDULING
from node.clients.mastodon.entities.status import Status
from node.clients.mastodon.own_words import as_composed, insist_own, typed_text
from node.clients.mastodon.scheduled import show_scheduled
from node.clients.mastodon.sent import changed, composition_of, media_words_of
from node.clients.mastodon.shown import site_of
from node.clients.mastodon.statuses import need_status
from node.errors import Invalid, KithError
from node.groups.keys import LOOKUP
from node.media.keys import UPLOADS
from node.profiles.pages.naming import meet_those_named
from node.web.keys import NOW
from storage.unit_of_work import UnitOfWork

WRITE: Final = "write:statuses"
KEY_MOST: Final = 200


def routes() -> list[web.RouteDef]:
    """All of them need a person's token."""
    here = "/api/v1/statuses"
    return [
        door("POST", here, post, scope=WRITE, who="user"),
        door("PUT", f"{here}/{{id}}", edit, scope=WRITE, who="user"),
        door("DELETE", f"{here}/{{id}}", delete, scope=WRITE, who="user"),
    ]


async def post(call: Call) -> Response:
    """POST /api/v1/statuses: posted now, or kept for `scheduled_at`. The same Idempotency-Key makes
    one post of two calls."""
    most = call.config.pictures_per_post
    sent = await _with_preferences(call, composition_of(call.params, call.app[NOW](), most))
    await _meet_those_named(call, sent)
    if (call.params.text("scheduled_at") or "").strip():
        return await _schedule(call, sent)
    who, site, posts, key = call.persona, site_of(call.app), call.app[POSTS], _key(call)

    def act(uow: UnitOfWork) -> Status:
        earlier = uow.sent_keys.take(who.id, key, call.app[NOW]()) if key else None
        if earlier is not None:
            if earlier.is_scheduled:
                raise Invalid("Idempotency-Key", "This key was used for a scheduled post before.")
            return need_status(uow, earlier.made_id, who, site)
        made = posts.compose(uow, who, sent)
        if key:
            uow.sent_keys.made(who.id, key, made, is_scheduled=False)
        return need_status(uow, made, who, site)

    return answer(await call.db.write(act))


async def _schedule(call: Call, sent: Composition) -> Response:
    who, scheduling, key, site = call.persona, call.app[SCHEDULING], _key(call), site_of(call.app)
    try:
        due_at = call.params.moment("scheduled_at")
    except Invalid as error:
        # The sentence is Mastodon's, which suites look for; what is accepted stands beside it.
        wrong = {"error": "ERR_INVALID", "description": str(error)}
        return refusal(422, "Record invalid", details={"scheduled_at": [wrong]})
    if due_at is None:
        raise Invalid("scheduled_at", "scheduled_at must be a time.")
    await scheduling.rehearse(who, sent)

    def act(uow: UnitOfWork) -> object:
        earlier = uow.sent_keys.take(who.id, key, call.app[NOW]()) if key else None
        if earlier is not None:
            kept = uow.scheduled.get(earlier.made_id, who.id) if earlier.is_scheduled else None
            if kept is None:
                raise Invalid("Idempotency-Key", "This key was used for another post before.")
            return show_scheduled(uow, [kept], who, site)[0]
        made = scheduling.schedule(uow, who, due_at, sent)
        if key:
            uow.sent_keys.made(who.id, key, made.id, is_scheduled=True)
        return show_scheduled(uow, [made], who, site)[0]

    return answer(await call.db.write(act))


async def edit(call: Call) -> Response:
    """PUT /api/v1/statuses/:id: what is not sent stays as it was. `media_attributes` are other
    words for its files; those of files that it has not are not looked at."""
    status_id, who, posts = call.id(), call.persona, call.app[POSTS]
    site, now = site_of(call.app), call.app[NOW]()
    if (call.params.text("visibility") or "").strip():
        raise Invalid("visibility", "The visibility of a post stays. Delete it and post it anew.")

    most, said = call.config.pictures_per_post, media_words_of(call.params)
    pictures = call.app[UPLOADS].pictures

    def act(uow: UnitOfWork) -> Status:
        sent = changed(as_composed(uow, status_id, who), call.params, now, most)
        pictures.describe_for(uow, who, status_id, sent.media_ids or (), said)
        made = posts.edit(uow, status_id, who, sent)
        return need_status(uow, made, who, site)

    return answer(await call.db.write(act))


async def delete(call: Call) -> Response:
    """DELETE /api/v1/statuses/:id: answers what it was, with its text, to be written anew."""
    status_id, who, posts, site = call.id(), call.persona, call.app[POSTS], site_of(call.app)

    def act(uow: UnitOfWork) -> Status:
        insist_own(uow, status_id, who)
        shown = need_status(uow, status_id, who, site)
        if shown.reblog is None:
            shown.text = typed_text(uow, status_id, who)
        posts.delete(uow, status_id, who)
        return shown

    return answer(await call.db.write(act))


async def _with_preferences(call: Call, sent: Composition) -> Composition:
    """What was not sent is as the persona chose for its posts."""
    who = call.persona.id
    chosen = await call.db.read(lambda uow: uow.preferences.get(who))
    sensitive = sent.sensitive if call.params.has("sensitive") else chosen.sensitive
    return replace(sent, language=sent.language or chosen.language, sensitive=sensitive)


async def _meet_those_named(call: Call, sent: Composition) -> None:
    """Get to know the group of another node whose name a post begins with, or the people of other
    nodes whom a post on one's own profile names. Nothing of the post goes there; for what is not
    public, or may be for a private group, nobody is asked anything."""
    if sent.in_reply_to is not None or sent.visibility not in (None, "public", "unlisted"):
        return
    begun = first_name(sent.text, call.config.authority)
    if begun is not None:
        await _meet_group(call, begun[0])
    elif sent.visibility is not None and not sent.groups:
        await meet_those_named(call.request, sent.text)


async def _meet_group(call: Call, name: Name) -> None:
    handle, authority = name.handle, name.authority
    if authority is None:
        return
    if await call.db.read(lambda uow: uow.actors.by_handle(handle, authority)) is not None:
        return
    try:
        await call.app[LOOKUP](f"!{handle}@{authority}")
    except KithError:
        return  # `Posts` says that there is nobody of that name


def _key(call: Call) -> str | None:
    key = (call.headers.get("Idempotency-Key") or "").strip()
    if len(key) > KEY_MOST:
        raise Invalid("Idempotency-Key", f"An Idempotency-Key has up to {KEY_MOST} characters.")
    return key or None
